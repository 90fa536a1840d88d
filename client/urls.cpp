#include "client/urls.hpp"

#include <algorithm>
#include <optional>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kAfterScheme = "://";

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

// Spaces, quotes, and the brackets and full stops of Chinese and Japanese.
bool ends_url(char32_t c) {
  constexpr std::u32string_view kMarks = U"<>\"`\u00A0\u00AB\u00BB\u2018\u2019\u201C\u201D\uFFFD";
  return c <= U' ' || is_control(c) || kMarks.contains(c) || (c >= U'\u2000' && c <= U'\u200B') ||
         (c >= U'\u3000' && c <= U'\u303F') || (c >= U'\uFF01' && c <= U'\uFF0F') || c == U'\uFF1F';
}

bool is_closing(char c) {
  return c == ')' || c == ']' || c == '}';
}

char opening_of(char closing) {
  return closing == ')' ? '(' : closing == ']' ? '[' : '{';
}

bool is_trailing(std::string_view url) {
  const char last = url.back();
  if (is_closing(last))
    return std::ranges::count(url, opening_of(last)) < std::ranges::count(url, last);
  return std::string_view(".,;:!?'").contains(last);
}

// Where the scheme begins that ends at `colon`.
std::optional<std::size_t> scheme_before(std::string_view text, std::size_t colon) {
  for (const std::string_view scheme : {"http", "https"}) {
    if (colon < scheme.size())
      continue;
    const std::size_t begin = colon - scheme.size();
    const bool is_same = std::ranges::equal(text.substr(begin, scheme.size()), scheme,
                                            [](char a, char b) { return (a | 0x20) == b; });
    if (is_same && (begin == 0 || !is_letter_or_digit(text[begin - 1])))
      return begin;
  }
  return std::nullopt;
}

std::size_t end_of(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const auto [c, bytes] = first_code_point(text.substr(at));
    if (ends_url(c))
      break;
    at += bytes;
  }
  return at;
}

}  // namespace

std::vector<TextSpan> urls_in(std::string_view text) {
  std::vector<TextSpan> urls;
  for (std::size_t at = text.find(kAfterScheme); at != text.npos;) {
    const std::size_t host = at + kAfterScheme.size();
    std::size_t end = host;
    if (const auto begin = scheme_before(text, at)) {
      end = end_of(text, host);
      while (end > host && is_trailing(text.substr(*begin, end - *begin)))
        --end;
      if (end > host &&
          (is_letter_or_digit(text[host]) || text[host] == '[' || !is_ascii(text[host])))
        urls.push_back({*begin, end});
    }
    at = text.find(kAfterScheme, end);
  }
  return urls;
}

}  // namespace chat::client
