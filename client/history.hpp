// The lines that were entered before.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace chat::client {

// Walks through the last lines, oldest to newest, and behind them the line that is not finished
// yet. A plain value.
class History {
 public:
  static constexpr std::size_t kMaxLines = 500;

  // Adds a line that was entered, unless it repeats the last one; ends a walk.
  void add(std::string line);

  // The line to show instead of `current`; nothing when there is none further in this direction.
  // The first step up keeps `current` as the unfinished line.
  std::optional<std::string> up(const std::string& current);
  std::optional<std::string> down();

  // How far back the newest line is, from `back` on and older, in which this part occurs, upper and
  // lower case of ASCII alike; 1 is the newest of all. Nothing when there is none.
  std::optional<std::size_t> find(std::string_view part, std::size_t back) const;
  // Precondition: a result of find().
  const std::string& line(std::size_t back) const { return lines_[lines_.size() - back]; }

  // Takes over the lines of another one, as the newest here.
  void take_over(History other);

 private:
  std::deque<std::string> lines_;
  std::size_t back_ = 0;  // how far up we are; 0 at the unfinished line
  std::string unfinished_;
};

}  // namespace chat::client
