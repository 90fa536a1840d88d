#include "client/file_name.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <cstddef>

namespace chat::client {
namespace {

// Of a long name, together with what it is shortened to.
std::string fingerprint_of(std::string_view name) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
  ::crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(name.data()), name.size(), nullptr,
                       0);
  return fmt::format("{:02x}", fmt::join(hash, ""));
}

}  // namespace

std::string as_file_name(std::string_view name) {
  constexpr std::size_t kMost = 200;
  constexpr std::size_t kOfLong = 100;
  std::string encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte > ' ' && c != '/' && c != '%' && byte != 0x7F;
    const bool hides = c == '.' && encoded.empty();
    encoded += plain && !hides ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  if (encoded.size() <= kMost)
    return encoded;
  // No other name has these behind a '%'.
  return fmt::format("{}%~{}", encoded.substr(0, kOfLong), fingerprint_of(name));
}

}  // namespace chat::client
