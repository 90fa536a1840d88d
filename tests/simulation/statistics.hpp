// How often what a simulation is there for happens: a generator that never reaches it hunts
// nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chat::sim {

enum class Seen : std::uint8_t {
  hub_entries,
  flushes,
  cut_in_frame,  // a flush that ended inside a frame
  partial_carry_outs,
  connections,
  sessions,  // that began
  resumes,
  takeovers,
  waited_in_vain,  // rooms that somebody left who did not come back
  messages,
  whispers,
  repeats,
  repeats_in_flight,  // of a message that was not acknowledged
  ids_reused,
  said_twice,  // published again, since it was not known any more
  failed_batches,
  not_stored,
  gaps,
  gaps_of_presence,
  pairs_ended,
  pairs_closed_unheard,  // whose end was dropped before it was read
  pairs_resumed_ended,   // taken up again after the other one has left
  lost,
  back,
  counts,
  relisted,
  refusals,
  goodbyes,
  resets,
  hang_ups,
  paused,  // input left waiting for a full private queue
  evictions,
  settled,
  kinds,
};

// One thread.
class Statistics {
 public:
  void add(Seen what, std::uint64_t times = 1) { of_[static_cast<std::size_t>(what)] += times; }
  void add(const Statistics& others) {
    for (std::size_t i = 0; i < of_.size(); ++i)
      of_[i] += others.of_[i];
  }
  std::uint64_t of(Seen what) const { return of_[static_cast<std::size_t>(what)]; }

 private:
  std::array<std::uint64_t, static_cast<std::size_t>(Seen::kinds)> of_{};
};

std::string_view name_of(Seen what);

// A line for each kind: its name and how often it was seen.
std::string to_text(const Statistics& statistics);

}  // namespace chat::sim
