#include "client/urls.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kAfterScheme = "://";
constexpr std::string_view kWww = "www.";

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

// Counts the brackets of an address once, however many are taken from its end then.
class Brackets {
 public:
  explicit Brackets(std::string_view url) {
    for (const char c : url)
      add(c, 1);
  }

  // Whether this last character closes a bracket that was not opened.
  bool is_surplus(char last) const {
    const auto kind = kClosing.find(last);
    return kind != kClosing.npos && open_[kind] < 0;
  }
  void take_off(char last) { add(last, -1); }

 private:
  static constexpr std::string_view kOpening = "([{";
  static constexpr std::string_view kClosing = ")]}";

  void add(char c, int count) {
    if (const auto kind = kOpening.find(c); kind != kOpening.npos)
      open_[kind] += count;
    else if (const auto closed = kClosing.find(c); closed != kClosing.npos)
      open_[closed] -= count;
  }

  std::array<int, kOpening.size()> open_{};  // more than are closed, of each kind
};

bool ends_sentence(char c) {
  return std::string_view(".,;:!?'").contains(c);
}

bool begins_with(std::string_view text, std::string_view lower_case) {
  return std::ranges::equal(text.substr(0, lower_case.size()), lower_case, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a | 0x20 : a) == b;
  });
}

// Where the scheme begins that ends at `colon`.
std::optional<std::size_t> scheme_before(std::string_view text, std::size_t colon) {
  for (const std::string_view scheme : {"http", "https"}) {
    if (colon < scheme.size())
      continue;
    const std::size_t begin = colon - scheme.size();
    if (begins_with(text.substr(begin), scheme) &&
        (begin == 0 || !is_letter_or_digit(text[begin - 1])))
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

// Of an address that begins at `begin`, and at least goes up to `host`.
std::size_t end_of_url(std::string_view text, std::size_t begin, std::size_t host) {
  std::size_t end = end_of(text, host);
  Brackets brackets(text.substr(begin, end - begin));
  for (; end > host; --end) {
    const char last = text[end - 1];
    if (!ends_sentence(last) && !brackets.is_surplus(last))
      break;
    brackets.take_off(last);
  }
  return end;
}

bool begins_host(std::string_view text) {
  return !text.empty() && (is_letter_or_digit(text[0]) ||
                           (!is_ascii(text[0]) && !ends_url(first_code_point(text).value)));
}

// "x.y", and whatever follows. Looks no further than to the first dot, so that a text of many
// addresses that are none is looked through once.
bool begins_names(std::string_view text) {
  if (!begins_host(text))
    return false;
  while (!text.empty() && text[0] != '.' && text[0] != '/') {
    const auto [c, bytes] = first_code_point(text);
    if (ends_url(c))
      return false;
    text.remove_prefix(bytes);
  }
  return text.starts_with('.') && begins_host(text.substr(1));
}

// Neither a part of another name, nor of a mail address or a path.
bool stands_alone(std::string_view text, std::size_t at) {
  return at == 0 || !(is_letter_or_digit(text[at - 1]) || !is_ascii(text[at - 1]) ||
                      std::string_view("-_.@/:").contains(text[at - 1]));
}

// The address that begins with "www." at `at`, and has another name behind that: "www.x.y".
std::optional<TextSpan> www_at(std::string_view text, std::size_t at) {
  if (!begins_with(text.substr(at), kWww) || !stands_alone(text, at))
    return std::nullopt;
  const std::size_t host = at + kWww.size();
  return begins_names(text.substr(host)) ? std::optional(TextSpan{at, end_of_url(text, at, host)})
                                         : std::nullopt;
}

std::vector<TextSpan> urls_with_scheme(std::string_view text) {
  std::vector<TextSpan> urls;
  for (std::size_t at = text.find(kAfterScheme); at != text.npos;) {
    const std::size_t host = at + kAfterScheme.size();
    std::size_t end = host;
    if (const auto begin = scheme_before(text, at)) {
      end = end_of_url(text, *begin, host);
      if (end > host && (text[host] == '[' || begins_host(text.substr(host))))
        urls.push_back({*begin, end});
    }
    at = text.find(kAfterScheme, end);
  }
  return urls;
}

}  // namespace

const TextSpan* span_with(std::span<const TextSpan> spans, std::size_t byte) {
  const auto behind = std::ranges::upper_bound(spans, byte, {}, &TextSpan::begin);
  const bool is_in_one = behind != spans.begin() && (behind - 1)->contains(byte);
  return is_in_one ? &*(behind - 1) : nullptr;
}

std::vector<TextSpan> urls_in(std::string_view text) {
  std::vector<TextSpan> urls = urls_with_scheme(text);
  std::size_t at = 0;
  for (auto next = urls.begin(); at < text.size();) {
    if (next != urls.end() && at == next->begin) {
      at = next++->end;
    } else if (const auto url = www_at(text, at)) {
      next = urls.insert(next, *url) + 1;
      at = url->end;
    } else {
      ++at;
    }
  }
  return urls;
}

std::string page_at(std::string_view url) {
  return begins_with(url, kWww) ? "http://" + std::string(url) : std::string(url);
}

}  // namespace chat::client
