#include "server/store/search_words.hpp"

#include "libchat/utf8.hpp"

namespace chat::store {
namespace {

// Control characters, too: a NUL would end the expression in the middle of a quotation.
bool separates(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte == 0x7F;
}

void append_quoted(std::string& to, std::string_view word) {
  to += '"';
  for (const char c : word) {
    if (c == '"')
      to += '"';
    to += c;
  }
  to += '"';
}

}  // namespace

std::string search_words(std::string_view text, LastWord last) {
  std::string words;
  if (!is_valid_utf8(text))
    return words;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < kMostWords;) {
    std::size_t end = at;
    while (end < text.size() && !separates(text[end]))
      ++end;
    if (end > at) {
      words += count++ == 0 ? "" : " ";
      append_quoted(words, text.substr(at, end - at));
    }
    at = end + 1;
  }
  if (!words.empty() && last == LastWord::beginning)
    words += '*';
  return words;
}

}  // namespace chat::store
