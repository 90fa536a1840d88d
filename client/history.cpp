#include "client/history.hpp"

#include <algorithm>
#include <utility>

namespace chat::client {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool has_part(const std::string& line, std::string_view part) {
  return !std::ranges::search(line, part, {}, lower, lower).empty() || part.empty();
}

}  // namespace

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

std::optional<std::size_t> History::find(std::string_view part, std::size_t back) const {
  for (; back >= 1 && back <= lines_.size(); ++back)
    if (has_part(line(back), part))
      return back;
  return std::nullopt;
}

void History::take_over(History other) {
  for (std::string& line : other.lines_)
    add(std::move(line));
}

}  // namespace chat::client
