// What a simulated server keeps: it outlives processes, and may lose what was committed last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "libchat/durable_state.hpp"
#include "libchat/ledger.hpp"
#include "tests/support/kept_store.hpp"

namespace chat::sim {

// One thread.
class Disk {
 public:
  // The changes, and behind them the messages of the entries, which are numbered. Throws Violation
  // when a message is of a room that is not known.
  void commit(std::vector<StateChange> changes, Batch& entries);

  // Rooms' numbers are told to people before the rooms are stored: none up to this one is used
  // again, whatever is lost.
  void reserve(RoomId room);

  // A process begins: what it finds.
  DurableState begin();

  // The last commits are lost, at most so many; never the first. How many were.
  std::size_t lose(std::size_t commits);

  const test::KeptStore& kept() const { return kept_; }

 private:
  struct Commit {
    std::vector<StateChange> changes;
    Batch entries;
  };

  void apply(const std::vector<StateChange>& changes, Batch& entries);

  test::KeptStore kept_;
  std::vector<Commit> commits_;  // all that there were
  RoomId last_room_;
  std::uint64_t starts_ = 0;
};

}  // namespace chat::sim
