#include "server/timer_wheel.hpp"

#include <algorithm>
#include <utility>

namespace chat::server {

void TimerWheel::set(std::uint32_t slot, MonotonicTime wish) {
  const CoarseTime when(wish);
  const auto wait = std::max(when.time() - current_, MonotonicTime::duration::zero());
  // Rounded up, so that the reminder is not early; at least one, since this tick's are done.
  const auto ticks = std::max<std::size_t>(
      1, static_cast<std::size_t>((wait + kTick - MonotonicTime::duration(1)) / kTick));
  slots_[(slot_ + ticks) % kSlots].push_back({slot, when});
  ++reminders_;
}

std::vector<std::uint32_t> TimerWheel::take_due() {
  std::vector<std::uint32_t> due;
  // A slot that held many reminders, since many connections came at once, does not keep its memory.
  for (const Reminder& reminder : std::exchange(slots_[slot_], {}))
    if (reminder.when.time() > current_)  // a later turn of the wheel
      slots_[slot_].push_back(reminder);
    else
      due.push_back(reminder.slot);
  reminders_ -= due.size();
  return due;
}

std::optional<MonotonicTime> TimerWheel::next() const {
  if (reminders_ == 0)
    return std::nullopt;
  std::size_t ticks = 1;
  while (slots_[(slot_ + ticks) % kSlots].empty() && ticks < kSlots)
    ++ticks;
  return current_ + ticks * kTick;
}

}  // namespace chat::server
