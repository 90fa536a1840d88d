#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "libchat/connection_table.hpp"
#include "server/coarse_time.hpp"

namespace chat::server {

// Reminders for connections, in slots of a tenth of a second: setting and firing cost the same
// however many connections there are (Varghese and Lauck, "Hashed and hierarchical timing wheels",
// 1987, scheme 6). Reminders are not cancelled; who gets one looks whether it still has a meaning.
// Owned by one reactor.
class TimerWheel {
 public:
  static constexpr std::chrono::milliseconds kTick{100};

  explicit TimerWheel(MonotonicTime start) : current_(start) {}

  // Reminds at `when` or up to two ticks later; at the next tick when `when` has passed.
  void set(ConnectionId connection, MonotonicTime when);

  // Calls remind(ConnectionId) for each reminder that is due. It may set new ones.
  template <class Remind>
  void advance(MonotonicTime now, Remind&& remind) {
    while (current_ + kTick <= now) {
      current_ += kTick;
      slot_ = (slot_ + 1) % kSlots;
      for (const ConnectionId connection : take_due())
        remind(connection);
    }
  }

  // When advance() should be called next. Can be early, never late.
  std::optional<MonotonicTime> next() const;

 private:
  static constexpr std::size_t kSlots = 1024;
  struct Reminder {
    ConnectionId connection;
    CoarseTime when;
  };

  std::vector<ConnectionId> take_due();

  MonotonicTime current_;  // the time of slot_
  std::size_t slot_ = 0;
  std::size_t reminders_ = 0;
  std::array<std::vector<Reminder>, kSlots> slots_;
};

}  // namespace chat::server
