// FNV-1a: the same in every build, unlike the hashes of the libraries.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace chat::sim {

class Digest {
 public:
  void add(std::span<const std::uint8_t> bytes) {
    for (const std::uint8_t byte : bytes)
      value_ = (value_ ^ byte) * 0x100000001B3;
  }
  void add(std::string_view text) {
    add(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
  }
  void add(std::uint64_t number) {
    for (int i = 0; i < 8; ++i, number >>= 8)
      value_ = (value_ ^ (number & 0xFF)) * 0x100000001B3;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325;
};

}  // namespace chat::sim
