// Pieces of protocols that are made of text.
#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace chat::bench {

// Takes the line at the front off a text, and gives it without its CR LF; nothing, and the text
// untouched, when its end has not come yet.
inline std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos)
    return std::nullopt;
  std::string_view line = text.substr(0, end);
  if (line.ends_with('\r'))
    line.remove_suffix(1);
  text.remove_prefix(end + 1);
  return line;
}

// Takes the word at the front off a line, with the space behind it.
inline std::string_view take_word(std::string_view& line) {
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size() == line.size() ? word.size() : word.size() + 1);
  return word;
}

// A whole text that is a decimal number without a sign.
inline std::optional<std::size_t> decimal(std::string_view text) {
  std::size_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
    return std::nullopt;
  return number;
}

}  // namespace chat::bench
