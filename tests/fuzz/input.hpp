// What a fuzzer's bytes mean: numbers, choices and pieces, taken off the front. Behind the end
// there are zeros, so that every input means something.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "libchat/bytes.hpp"

namespace chat::fuzz {

class Input {
 public:
  // The bytes outlive it.
  explicit Input(ByteView bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }

  std::uint8_t byte() {
    const ByteView first = take(1);
    return first.empty() ? std::uint8_t{0} : first.front();
  }
  // From 0 to `end` - 1. Precondition: 0 < end <= 256.
  std::size_t below(std::size_t end) { return byte() % end; }
  bool one_in(std::size_t n) { return below(n) == n - 1; }

  // As many bytes as there are, at most `size`.
  ByteView take(std::size_t size) {
    const ByteView taken = bytes_.first(std::min(size, bytes_.size()));
    bytes_ = bytes_.subspan(taken.size());
    return taken;
  }
  ByteView take_all() { return take(bytes_.size()); }

 private:
  ByteView bytes_;
};

}  // namespace chat::fuzz
