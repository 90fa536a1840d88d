// The line that shows on a terminal how far a run is.
#pragma once

#include <string_view>

#include "bench/load/clock.hpp"

namespace chat::bench {

// Writes to standard error, and only when that is a terminal. Wipes the line when it goes out of
// scope. One thread at a time.
class Progress {
 public:
  // Shows nothing when it is not wanted.
  explicit Progress(bool wanted = true);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // True a few times a second, so that a line is only composed when it will be shown.
  bool due(Instant now) const { return terminal_ && now >= next_; }
  void show(Instant now, std::string_view line);

 private:
  bool terminal_;
  bool shown_ = false;
  Instant next_{};
};

}  // namespace chat::bench
