#include "client/utf8_input.hpp"

#include <utility>

#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

// How many bytes a character has that begins with this one; 0 when none does (RFC 3629, 4).
std::size_t length_from(unsigned char first) {
  if (first < 0x80)
    return 1;
  if (first >= 0xC2 && first <= 0xDF)
    return 2;
  if (first >= 0xE0 && first <= 0xEF)
    return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

bool continues(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

}  // namespace

std::optional<std::string> Utf8Input::take(unsigned char byte) {
  if (!continues(byte)) {
    partial_.clear();
    expected_ = length_from(byte);
  }
  if (expected_ == 0)
    return std::nullopt;
  partial_.push_back(static_cast<char>(byte));
  if (partial_.size() < expected_)
    return std::nullopt;
  expected_ = 0;
  std::string character = std::exchange(partial_, {});
  if (!is_valid_utf8(character))
    return std::nullopt;
  return character;
}

}  // namespace chat::client
