#include "client/history.hpp"

#include <utility>

namespace chat::client {

void History::add(std::string line) {
  back_ = 0;
  if (!lines_.empty() && lines_.back() == line)
    return;
  lines_.push_back(std::move(line));
  if (lines_.size() > kMaxLines)
    lines_.pop_front();
}

std::optional<std::string> History::up(const std::string& current) {
  if (back_ == lines_.size())
    return std::nullopt;
  if (back_ == 0)
    unfinished_ = current;
  ++back_;
  return lines_[lines_.size() - back_];
}

std::optional<std::string> History::down() {
  if (back_ == 0)
    return std::nullopt;
  --back_;
  return back_ == 0 ? unfinished_ : lines_[lines_.size() - back_];
}

}  // namespace chat::client
