#include "client/highlights.hpp"

#include <wchar.h>
#include <wctype.h>

#include <algorithm>
#include <cstddef>

#include "client/folding.hpp"

namespace chat::client {
namespace {

// In a pattern: anything but spaces, also nothing. No code point is so high.
constexpr char32_t kAnything = 0x110000;
// So much of it at most: a hostile text must not take long.
constexpr std::size_t kMostOfAnything = 64;

// Chinese, Japanese and Korean run words together: there each character counts as a word.
bool is_in_word(char32_t c) {
  return c == U'_' ||
         (::iswalnum(static_cast<wint_t>(c)) != 0 && ::wcwidth(static_cast<wchar_t>(c)) < 2);
}

bool is_space(char32_t c) {
  return ::iswspace(static_cast<wint_t>(c)) != 0;
}

// Whether no word goes on across the place before `at`.
bool is_edge(std::u32string_view text, std::size_t at) {
  return at == 0 || at == text.size() || !is_in_word(text[at - 1]) || !is_in_word(text[at]);
}

// Whether the pattern stands at `at` and ends where a word does. Only the last kAnything can need
// more than it took at first.
bool stands_at(std::u32string_view text, std::size_t at, std::u32string_view pattern) {
  std::size_t next = 0;
  std::size_t behind = 0;  // the part of the pattern behind that kAnything; 0: there was none
  std::size_t begin = 0;   // of what it takes
  std::size_t end = 0;
  while (next < pattern.size() || !is_edge(text, at)) {
    if (next < pattern.size() && pattern[next] == kAnything) {
      behind = ++next;
      begin = end = at;
    } else if (next < pattern.size() && at < text.size() && pattern[next] == text[at]) {
      ++next;
      ++at;
    } else if (behind > 0 && end < text.size() && !is_space(text[end]) &&
               end - begin < kMostOfAnything) {
      at = ++end;
      next = behind;
    } else {
      return false;
    }
  }
  return true;
}

bool is_in(std::u32string_view text, std::u32string_view pattern) {
  if (pattern.empty())
    return false;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (is_edge(text, at) && stands_at(text, at, pattern))
      return true;
  return false;
}

}  // namespace

Highlights::Highlights(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    patterns_.push_back(folded(pattern));
    std::ranges::replace(patterns_.back(), U'*', kAnything);
  }
}

bool Highlights::are_in(std::string_view text, std::string_view nickname) const {
  const std::u32string all = folded(text);
  return is_in(all, folded(nickname)) ||
         std::ranges::any_of(patterns_, [&](const auto& pattern) { return is_in(all, pattern); });
}

}  // namespace chat::client
