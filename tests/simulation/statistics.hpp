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
  said_twice,      // published again, since it was not known any more
  failed_batches,  // that the hub has taken back
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
  histories,  // read
  // Over a disk alone:
  histories_from_store,
  pieces_fed,
  feedings_ended,
  held_back,        // what was said while too much waited to be committed
  rooms_reordered,  // batches whose rooms came back in another order
  said_before,      // said to an earlier session or process
  returned,         // new sessions of a user who was known
  crashes,
  orderly_restarts,
  power_losses,
  batches_lost,   // that were not committed
  commits_lost,   // with the power
  stored_untold,  // messages that were committed, and not published before a crash
  resumed_after_crash,
  numbers_reset,
  rooms_woken,  // that everybody had left
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
