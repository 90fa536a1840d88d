#include "libchat/text.hpp"

#include <utf8proc.h>

#include "libchat/utf8.hpp"

namespace chat {

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string harmless(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const auto [c, bytes] = first_code_point(text);
    if (c < 0x20)
      append_utf8(shown, U'\u2400' + c);
    else if (c == 0x7F)
      append_utf8(shown, U'\u2421');
    else
      append_utf8(shown, is_control(c) ? U'\uFFFD' : c);
    text.remove_prefix(bytes);
  }
  return shown;
}

std::size_t first_grapheme(std::string_view text) {
  if (text.empty())
    return 0;
  auto [previous, end] = first_code_point(text);
  utf8proc_int32_t state = 0;
  while (end < text.size()) {
    const auto [next, bytes] = first_code_point(text.substr(end));
    if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(previous),
                                         static_cast<utf8proc_int32_t>(next), &state))
      break;
    previous = next;
    end += bytes;
  }
  return end;
}

std::size_t last_grapheme(std::string_view text) {
  // Where a cluster begins can depend on everything before it (flags, emoji sequences), so the
  // walk starts at the front; what is edited is a few kilobytes at most.
  std::size_t size = 0;
  while (!text.empty()) {
    size = first_grapheme(text);
    text.remove_prefix(size);
  }
  return size;
}

}  // namespace chat
