// A ledger that takes as long as the script says, and fails when it says so. In memory it is the
// server's own; with a disk it commits what outlives it, and may give back the entries of a batch
// in another order, as long as each room's stay in theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "libchat/ledger.hpp"
#include "libchat/memory_ledger.hpp"
#include "server/unkept_changes.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/simulation/statistics.hpp"
#include "tests/simulation/truth.hpp"

namespace chat::sim {

class SimulatedLedger final : public Ledger {
 public:
  // All outlive it. Without a disk it is in memory.
  SimulatedLedger(Truth& truth, Statistics& statistics, Disk* disk)
      : truth_(truth), statistics_(statistics), disk_(disk) {}

  void submit(Batch batch) override;
  std::optional<BatchResult> take() override;
  void forget(RoomId room) override;
  bool is_durable() const override { return disk_ != nullptr; }
  void keep(StateChange change) override;

  void hold() { held_ = true; }
  void commit(std::size_t batches);
  void release() { held_ = false; }
  void fail_next() { failing_ = true; }
  void fail_no_more() { failing_ = false; }
  // The process ends in order: what could not be kept before is. Precondition: nothing waits.
  void finish();
  // Rooms come back in an order that this number stands for; 0: in that of submission.
  void mix(std::uint32_t order) { order_ = order; }

  // Batches that were not taken.
  std::size_t waiting() const { return waiting_.size() + done_.size(); }
  std::size_t untold() const { return done_.size(); }
  // Nothing of what it was told would be lost now.
  bool is_clean() const { return waiting_.empty() && kept_.empty() && unkept_.empty(); }
  std::size_t numbered_rooms() const { return ledger_.numbered_rooms(); }

 private:
  struct Waiting {
    Batch batch;
    std::vector<StateChange> changes;
  };

  std::optional<BatchResult> take_from_memory();
  BatchResult commit_to_memory(Batch batch);
  void commit_next();
  void reorder(Batch& batch);
  void tell_truth(const BatchResult& result);

  Truth& truth_;
  Statistics& statistics_;
  Disk* disk_;
  std::deque<Waiting> waiting_;
  std::deque<BatchResult> done_;   // on the disk
  std::vector<StateChange> kept_;  // for the batch that is submitted next
  server::UnkeptChanges unkept_;   // that could not be committed with their batch
  MemoryLedger ledger_;            // without a disk: has what is committed
  std::size_t allowed_ = 0;        // batches, while it is held; without a disk
  bool held_ = false;
  bool failing_ = false;
  std::uint32_t order_ = 0;
};

}  // namespace chat::sim
