// What is stored beside a row, so that bits which have changed on the disk are seen.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"

namespace chat::store {

// Of values in their order; the same on every machine. Against accidents, not against people.
class Digest {
 public:
  template <class T>
    requires std::is_integral_v<T>
  Digest& add(T value) {
    for (int shift = 0; shift < 64; shift += 8)
      bytes_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> shift));
    return *this;
  }
  // With its size, so that no two texts side by side can be taken for others.
  Digest& add(std::string_view text);
  Digest& add(ByteView bytes) { return add(as_text(bytes)); }

  std::uint64_t value() const;

 private:
  Bytes bytes_;
};

}  // namespace chat::store
