#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "server/coarse_time.hpp"

namespace chat::server {

// Reminders for connections, in slots of a tenth of a second: setting and firing cost the same
// however many connections there are (Varghese and Lauck, "Hashed and hierarchical timing wheels",
// 1987, scheme 6). Reminders are not cancelled, and are for a connection's slot in the table; who
// gets one looks whether it still has a meaning. Owned by one reactor.
class TimerWheel {
 public:
  static constexpr std::chrono::milliseconds kTick{100};

  explicit TimerWheel(MonotonicTime start) : current_(start) {}

  // Reminds at `when` or up to two ticks later; at the next tick when `when` has passed.
  void set(std::uint32_t slot, MonotonicTime when);

  // Calls remind(slot) for each reminder that is due. It may set new ones.
  template <class Remind>
  void advance(MonotonicTime now, Remind&& remind) {
    while (current_ + kTick <= now) {
      current_ += kTick;
      slot_ = (slot_ + 1) % kSlots;
      for (const std::uint32_t slot : take_due())
        remind(slot);
    }
  }

  // When advance() should be called next. Can be early, never late.
  std::optional<MonotonicTime> next() const;

 private:
  static constexpr std::size_t kSlots = 1024;
  // There is one for every idle connection.
  struct Reminder {
    std::uint32_t slot;
    CoarseTime when;
  };

  std::vector<std::uint32_t> take_due();

  MonotonicTime current_;  // the time of slot_
  std::size_t slot_ = 0;
  std::size_t reminders_ = 0;
  std::array<std::vector<Reminder>, kSlots> slots_;
};

}  // namespace chat::server
