#include "client/typists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "client/glyph.hpp"

namespace chat::client {
namespace {

// How long after it was heard it still lasts; not above zero: no longer.
std::chrono::milliseconds rest(WallTime heard, WallTime now) {
  return Typists::kLasts - std::chrono::milliseconds(now.milliseconds - heard.milliseconds);
}

}  // namespace

void Typists::types(UserId user, std::string_view nickname, WallTime now) {
  pass_over(now);
  const auto known = std::ranges::find(typists_, user, &Typist::user);
  if (known != typists_.end())
    known->heard = now;
  else if (typists_.size() < kMost)
    typists_.push_back({user, std::string(nickname), now});
}

void Typists::stops(UserId user) {
  std::erase_if(typists_, [&](const Typist& typist) { return typist.user == user; });
}

void Typists::renamed(UserId user, std::string_view nickname) {
  for (Typist& typist : typists_)
    if (typist.user == user)
      typist.nickname = nickname;
}

void Typists::pass_over(WallTime now) {
  std::erase_if(typists_, [&](const Typist& typist) {
    const auto left = rest(typist.heard, now);
    return left.count() <= 0 || left > kLasts;
  });
}

std::optional<std::chrono::milliseconds> Typists::left(WallTime now) const {
  std::optional<std::chrono::milliseconds> least;
  for (const Typist& typist : typists_) {
    const auto left = std::clamp(rest(typist.heard, now), std::chrono::milliseconds(0), kLasts);
    least = std::min(least.value_or(left), left);
  }
  return least;
}

std::string Typists::names() const {
  switch (typists_.size()) {
    case 1:
      return typists_[0].nickname;
    case 2:
      return fmt::format("{} and {}", typists_[0].nickname, typists_[1].nickname);
    default:
      return fmt::format("{} people", typists_.size());
  }
}

std::string Typists::sentence(Columns width) const {
  if (typists_.empty())
    return {};
  const std::string_view verb = typists_.size() == 1 ? "is" : "are";
  const std::string words[] = {
      fmt::format("{} {} typing…", names(), verb),
      fmt::format("{} typing…", names()),
      fmt::format("{} {} typing…", typists_.size(), verb),
  };
  for (const std::string& text : words)
    if (width_of(text) <= width)
      return text;
  return "typing…";
}

}  // namespace chat::client
