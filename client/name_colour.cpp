#include "client/name_colour.hpp"

#include <algorithm>

#include "libchat/name.hpp"

namespace chat::client {
namespace {

// FNV-1a: it must be the same on every machine and in every version.
std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2'166'136'261;
  for (const char byte : text)
    hash = (hash ^ static_cast<unsigned char>(byte)) * 16'777'619;
  return hash;
}

}  // namespace

NameColour colour_of(std::string_view nickname) {
  const auto name = Nickname::make(nickname);
  const std::uint32_t hash = hash_of(name ? name->folded() : nickname);
  // The low bits alone would be those of the last letters.
  const auto folded = static_cast<std::uint16_t>(hash ^ (hash >> 16));
  return {std::max<std::uint16_t>(folded, 1)};
}

}  // namespace chat::client
