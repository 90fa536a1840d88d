// The server's own ledger, which takes as long as the script says, and fails when it says so.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <variant>

#include "libchat/ledger.hpp"
#include "libchat/memory_ledger.hpp"
#include "tests/simulation/statistics.hpp"
#include "tests/simulation/truth.hpp"
#include "tests/simulation/violation.hpp"

namespace chat::sim {

class SimulatedLedger final : public Ledger {
 public:
  SimulatedLedger(Truth& truth, Statistics& statistics) : truth_(truth), statistics_(statistics) {}

  void submit(Batch batch) override {
    truth_.submitted(batch);
    waiting_.push_back(std::move(batch));
  }

  std::optional<BatchResult> take() override {
    if (waiting_.empty() || (held_ && allowed_ == 0))
      return std::nullopt;
    if (held_)
      --allowed_;
    BatchResult result{std::move(waiting_.front()), !std::exchange(failing_, false)};
    waiting_.pop_front();
    if (!result.committed)
      statistics_.add(Seen::failed_batches);
    if (result.committed)
      result = commit(std::move(result.entries));
    for (const Entry& entry : result.entries)
      if (result.committed || !std::holds_alternative<AcceptedMessage>(entry.what))
        truth_.published(entry);
    truth_.batch_published();
    return result;
  }

  void forget(RoomId room) override { ledger_.forget(room); }

  void hold() { held_ = true; }
  void commit(std::size_t batches) { allowed_ += batches; }
  void release() { held_ = false; }
  void fail_next() { failing_ = true; }

  std::size_t waiting() const { return waiting_.size(); }
  std::size_t numbered_rooms() const { return ledger_.numbered_rooms(); }

 private:
  BatchResult commit(Batch batch) {
    ledger_.submit(std::move(batch));
    auto result = ledger_.take();
    require(result && result->committed, "a batch is not committed at once");
    return std::move(*result);
  }

  Truth& truth_;
  Statistics& statistics_;
  std::deque<Batch> waiting_;
  MemoryLedger ledger_;      // has what is committed
  std::size_t allowed_ = 0;  // batches, while it is held
  bool held_ = false;
  bool failing_ = false;
};

}  // namespace chat::sim
