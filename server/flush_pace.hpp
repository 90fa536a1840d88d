#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "server/coarse_time.hpp"

namespace chat::server {

// When a reactor sends. What a send costs hardly depends on how much it carries, so reactors that
// share a room must not send each message the sooner the more of them there are: each would send
// small portions, and all of them together would cost a multiple of one. So while a portion is
// small, one of N reactors begins to send no sooner than N times as long after it last began as
// that took: when one reactor for all would have been ready again. It reads meanwhile. A portion
// that is worth a send goes out at once, and so does whatever comes after a pause.
//
// Owned by one reactor.
class FlushPace {
 public:
  // What is worth a send. Measured with two reactors and the load tool on two cores, as deliveries
  // against one reactor's: with 1,000 members 0.96 (3 KiB: 0.84, 4 KiB: 0.92, 8 KiB: 0.83), with
  // 15,000 members 1.18 (4 KiB: 1.18, 8 KiB: 0.99).
  static constexpr std::size_t kPortion = 5632;
  // A flush that was over sooner is no reason to wait.
  static constexpr std::chrono::microseconds kShortFlush{200};

  // However long it took: that may have been something else than sending.
  static constexpr std::chrono::milliseconds kLongestHold{100};

  explicit FlushPace(std::size_t reactors) : reactors_(static_cast<int>(reactors)) {}

  // `portion`: bytes that each connection would be sent, on average.
  bool may_begin(MonotonicTime now, std::size_t portion) const {
    return portion >= kPortion || now >= not_before_;
  }

  // When may_begin() is true whatever the portion is.
  MonotonicTime not_before() const { return not_before_; }

  void flushed(MonotonicTime began, MonotonicTime ended) {
    const auto took = ended - began;
    not_before_ =
        took < kShortFlush ? ended : std::min(began + took * reactors_, ended + kLongestHold);
  }

 private:
  int reactors_;
  MonotonicTime not_before_{};
};

}  // namespace chat::server
