// Bytes in text files.
#pragma once

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libchat/bytes.hpp"

namespace chat::client {

inline std::string to_hex(ByteView bytes) {
  // With the zero at its end, which sodium writes as well.
  std::string text(bytes.size() * 2 + 1, '\0');
  ::sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

// Nothing when it is not hexadecimal throughout.
inline std::optional<Bytes> from_hex(std::string_view text) {
  // sodium wants somewhere to write even when there is nothing.
  if (text.empty())
    return Bytes();
  Bytes bytes(text.size() / 2);
  std::size_t size = 0;
  const char* end = nullptr;
  const int fault =
      ::sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end);
  if (fault != 0 || end != text.data() + text.size())
    return std::nullopt;
  return bytes;
}

// Nothing when it has another length.
inline std::optional<std::array<std::uint8_t, 16>> id_from_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != 16)
    return std::nullopt;
  std::array<std::uint8_t, 16> id;
  std::ranges::copy(*bytes, id.begin());
  return id;
}

}  // namespace chat::client
