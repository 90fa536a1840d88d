// What was cut out of the input line, to be put in again elsewhere.
#pragma once

#include <cstddef>
#include <deque>
#include <string>

namespace chat::client {

// As in readline(3): the last few pieces, the newest first. A plain value.
class KillRing {
 public:
  static constexpr std::size_t kMaxPieces = 16;

  // A new piece; an empty one changes nothing.
  void add(std::string piece);
  // More of the newest piece, from before or behind it.
  void add_before(const std::string& more);
  void add_behind(const std::string& more);

  bool empty() const { return pieces_.empty(); }
  // The newest piece; from there, with each call, the one before it, and round. Precondition: not
  // empty.
  const std::string& newest();
  const std::string& older();

 private:
  std::deque<std::string> pieces_;
  std::size_t at_ = 0;
};

}  // namespace chat::client
