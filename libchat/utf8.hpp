#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chat {

// True for well-formed UTF-8 (RFC 3629): no overlong forms, surrogates, or values above U+10FFFF.
bool is_valid_utf8(std::string_view text);

struct CodePoint {
  char32_t value;
  std::size_t bytes;  // how many it takes in the text, 1 to 4
};

// The code point at the front of a text that is not empty. Bytes that are not UTF-8 come one at a
// time as U+FFFD, so that a walk over any bytes ends.
CodePoint first_code_point(std::string_view text);

void append_utf8(std::string& to, char32_t code_point);

}  // namespace chat
