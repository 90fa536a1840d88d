#include "client/fuzzy.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "libchat/name.hpp"
#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

constexpr int kMatch = 16;
constexpr int kInARow = 24;
constexpr int kWordBegin = 32;
constexpr int kTextBegin = 48;
constexpr int kNone = -1;

// As names compare; a part of a name may be none, and is compared as it is then.
std::u32string characters_of(std::string_view text) {
  const auto name = RoomName::make(text);
  std::string_view rest = name ? std::string_view(name->folded()) : text;
  std::u32string characters;
  while (!rest.empty()) {
    const CodePoint first = first_code_point(rest);
    characters.push_back(first.value);
    rest.remove_prefix(first.bytes);
  }
  return characters;
}

int value_of(const std::u32string& text, std::size_t at) {
  constexpr std::u32string_view kBetweenWords = U"-_.@+ ";
  if (at == 0)
    return kMatch + kTextBegin;
  return kBetweenWords.find(text[at - 1]) == kBetweenWords.npos ? kMatch : kMatch + kWordBegin;
}

}  // namespace

std::optional<int> fuzzy_score(std::string_view pattern, std::string_view text) {
  const std::u32string wanted = characters_of(pattern);
  const std::u32string letters = characters_of(text);
  if (wanted.empty() || wanted.size() > letters.size())
    return std::nullopt;
  // The best that ends with the wanted character so far standing at each place.
  std::vector<int> ends(letters.size(), kNone);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    std::vector<int> next(letters.size(), kNone);
    int before = i == 0 ? 0 : kNone;  // the best that ends anywhere further left
    for (std::size_t at = 0; at < letters.size(); ++at) {
      const int adjacent = i > 0 && at > 0 ? ends[at - 1] : kNone;
      before = std::max(before, adjacent);
      if (letters[at] != wanted[i] || before == kNone)
        continue;
      const int apart = before + value_of(letters, at);
      next[at] = adjacent == kNone ? apart : std::max(apart, adjacent + kMatch + kInARow);
    }
    ends = std::move(next);
  }
  const int best = std::ranges::max(ends);
  if (best == kNone)
    return std::nullopt;
  return best - static_cast<int>(std::min<std::size_t>(letters.size(), kMatch - 1));
}

}  // namespace chat::client
