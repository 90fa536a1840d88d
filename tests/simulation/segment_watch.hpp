#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "libchat/segment.hpp"

namespace chat::sim {

// All segments of logs that reactors were given, and which of them still take memory. A segment
// that somebody holds on to after its log has dropped it is seen here alone.
class SegmentWatch {
 public:
  void saw(const std::shared_ptr<const Segment>& segment) {
    if (seen_.size() > 2 * living_ + 64)
      bytes();
    seen_.push_back(segment);
  }

  // Of those that are still there.
  std::size_t bytes() {
    std::map<const Segment*, std::size_t> sizes;
    std::erase_if(seen_, [&](const std::weak_ptr<const Segment>& weak) {
      const auto segment = weak.lock();
      return segment == nullptr || !sizes.emplace(segment.get(), segment->capacity()).second;
    });
    living_ = seen_.size();
    std::size_t sum = 0;
    for (const auto& [segment, size] : sizes)
      sum += size;
    return sum;
  }

 private:
  std::vector<std::weak_ptr<const Segment>> seen_;
  std::size_t living_ = 0;
};

}  // namespace chat::sim
