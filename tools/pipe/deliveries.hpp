// What was said, and what has become of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libchat/ids.hpp"

namespace chat::pipe {

// A plain value.
class Deliveries {
 public:
  struct Said {
    std::uint64_t line;  // of the input
    std::string text;
  };
  struct Failed {
    Said said;
    std::string why;  // a sentence, or the beginning of one
  };

  // What is said from now on stands in this line.
  void begin_line(std::uint64_t line) { line_ = line; }
  void said(const MessageId& id, std::string_view text);
  // The server has acknowledged it, or will not. No effect on what does not wait.
  void done(const MessageId& id);
  void given_up(const MessageId& id, std::string_view why);
  // A text of this line that was not even said.
  void refused(std::string_view text, std::string_view why);
  // All that still waits will not be waited for.
  void give_up_all(std::string_view why);

  // Null when it does not wait. Valid until the next change.
  const Said* find(const MessageId& id) const;
  std::size_t waiting() const { return waiting_.size(); }
  // How many have been waited for successfully or not: grows as long as there is progress.
  std::uint64_t settled() const { return settled_; }
  std::uint64_t failed() const { return failed_; }
  // Those since the last call, in the order in which that happened.
  std::vector<Failed> take_failed() { return std::exchange(news_, {}); }

 private:
  void fail(Said said, std::string_view why);

  std::map<MessageId, Said> waiting_;
  std::vector<Failed> news_;
  std::uint64_t line_ = 0;
  std::uint64_t settled_ = 0;
  std::uint64_t failed_ = 0;
};

}  // namespace chat::pipe
