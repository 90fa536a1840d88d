#include "server/store/digest.hpp"

#include <sodium.h>

#include <array>
#include <bit>

namespace chat::store {

Digest& Digest::add(std::string_view text) {
  add(text.size());
  append(bytes_, as_bytes(text));
  return *this;
}

std::uint64_t Digest::value() const {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::array<std::uint8_t, crypto_shorthash_KEYBYTES> kKey{"edgechat store!"};
  std::uint64_t value = 0;
  static_assert(sizeof value == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<std::uint8_t*>(&value), bytes_.data(), bytes_.size(),
                   kKey.data());
  return value;
}

}  // namespace chat::store
