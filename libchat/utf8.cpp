#include "libchat/utf8.hpp"

#include <utf8proc.h>

#include <cassert>
#include <cstdint>
#include <cstring>

namespace chat {
namespace {

const utf8proc_uint8_t* as_utf8proc(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

std::size_t ascii_prefix(std::string_view text) {
  std::size_t n = 0;
  for (std::uint64_t word; n + sizeof word <= text.size(); n += sizeof word) {
    std::memcpy(&word, text.data() + n, sizeof word);
    if ((word & 0x8080808080808080ull) != 0)
      break;
  }
  while (n < text.size() && static_cast<unsigned char>(text[n]) < 0x80)
    ++n;
  return n;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  while (true) {
    text.remove_prefix(ascii_prefix(text));
    if (text.empty())
      return true;
    utf8proc_int32_t ignored;
    const auto taken =
        utf8proc_iterate(as_utf8proc(text), static_cast<utf8proc_ssize_t>(text.size()), &ignored);
    if (taken <= 0)
      return false;
    text.remove_prefix(static_cast<std::size_t>(taken));
  }
}

CodePoint first_code_point(std::string_view text) {
  assert(!text.empty());
  utf8proc_int32_t value;
  const auto taken =
      utf8proc_iterate(as_utf8proc(text), static_cast<utf8proc_ssize_t>(text.size()), &value);
  if (taken <= 0)
    return {U'\uFFFD', 1};
  return {static_cast<char32_t>(value), static_cast<std::size_t>(taken)};
}

void append_utf8(std::string& to, char32_t code_point) {
  utf8proc_uint8_t encoded[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), encoded);
  to.append(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
}

}  // namespace chat
