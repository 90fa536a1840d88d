#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace chat {

// Grows at its end; elements stay where they are, side by side in blocks. A deque would do, but its
// blocks are small: what the allocator adds to them is paid for every idle connection. One thread.
template <class T>
class StableVector {
 public:
  std::size_t size() const { return size_; }

  T& operator[](std::size_t index) { return (*blocks_[index / kBlock])[index % kBlock]; }
  const T& operator[](std::size_t index) const {
    return (*blocks_[index / kBlock])[index % kBlock];
  }

  // One more element, as its default constructor made it.
  T& grow() {
    if (size_ % kBlock == 0)
      blocks_.push_back(std::make_unique<std::array<T, kBlock>>());
    return (*this)[size_++];
  }

 private:
  static constexpr std::size_t kBlock = 64;

  std::vector<std::unique_ptr<std::array<T, kBlock>>> blocks_;
  std::size_t size_ = 0;
};

}  // namespace chat
