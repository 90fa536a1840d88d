#include "libchat/body_hash.hpp"

#include <sodium.h>

#include <array>
#include <cassert>
#include <cstddef>

namespace chat {

std::uint64_t body_hash(RoomId room, MessageKind kind, std::string_view text) {
  // No secret: who finds two bodies alike can confuse nobody but itself.
  std::array<unsigned char, crypto_shorthash_KEYBYTES> key{};
  for (std::size_t i = 0; i < sizeof(room.value); ++i)
    key[i] = static_cast<unsigned char>(room.value >> (8 * i));
  key[sizeof(room.value)] = static_cast<unsigned char>(kind);
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  const int failed = crypto_shorthash(
      hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data());
  assert(failed == 0);
  std::uint64_t number = 0;
  for (const unsigned char byte : hash)
    number = number << 8 | byte;
  return number;
}

}  // namespace chat
