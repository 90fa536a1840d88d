// When the screen is drawn: at once after a key, and otherwise no more often than somebody can see,
// however much arrives.
#pragma once

#include <chrono>
#include <optional>

namespace chat::client {

// A plain value.
class FramePacer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Between two frames that no key asks for. A terminal at the end of a slow line takes some 100 KB
  // a second, and a screen is some 5 KB.
  static constexpr std::chrono::milliseconds kInterval{40};

  // Something may look different now.
  void changed() { is_due_ = true; }
  // And somebody waits to see it.
  void pressed() { is_due_ = is_awaited_ = true; }

  bool is_due(Time now) const { return is_due_ && (is_awaited_ || now >= next_); }
  // Until a frame is due, never negative; nothing while nothing has changed.
  std::optional<std::chrono::milliseconds> left(Time now) const;
  void drawn(Time now);

 private:
  bool is_due_ = true;
  bool is_awaited_ = true;
  Time next_{};
};

}  // namespace chat::client
