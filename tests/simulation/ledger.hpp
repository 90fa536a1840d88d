// A ledger that takes as long as the script says, and fails when it says so.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "libchat/ledger.hpp"
#include "tests/simulation/statistics.hpp"
#include "tests/simulation/truth.hpp"

namespace chat::sim {

class SimulatedLedger final : public Ledger {
 public:
  SimulatedLedger(Truth& truth, Statistics& statistics) : truth_(truth), statistics_(statistics) {}

  void submit(Batch batch) override { waiting_.push_back(std::move(batch)); }

  std::optional<BatchResult> take() override {
    if (waiting_.empty() || (held_ && allowed_ == 0))
      return std::nullopt;
    if (held_)
      --allowed_;
    BatchResult result{std::move(waiting_.front()), !std::exchange(failing_, false)};
    waiting_.pop_front();
    if (!result.committed)
      statistics_.add(Seen::failed_batches);
    for (Entry& entry : result.entries)
      finish(entry, result.committed);
    truth_.batch_published();
    return result;
  }

  void forget(RoomId room) override { last_.erase(room); }

  void hold() { held_ = true; }
  void commit(std::size_t batches) { allowed_ += batches; }
  void release() { held_ = false; }
  void fail_next() { failing_ = true; }

  std::size_t waiting() const { return waiting_.size(); }
  std::size_t numbered_rooms() const { return last_.size(); }
  // Whether the message waits to be committed.
  bool holds(const MessageId& id) const {
    for (const Batch& batch : waiting_)
      for (const Entry& entry : batch)
        if (const auto* message = std::get_if<AcceptedMessage>(&entry.what);
            message != nullptr && message->id == id)
          return true;
    return false;
  }

 private:
  void finish(Entry& entry, bool committed) {
    auto* const message = std::get_if<AcceptedMessage>(&entry.what);
    if (message != nullptr && !committed)
      return;
    if (message != nullptr)
      message->sequence = last_[entry.room] = last_[entry.room] + 1;
    truth_.published(entry);
  }

  Truth& truth_;
  Statistics& statistics_;
  std::deque<Batch> waiting_;
  std::map<RoomId, Sequence> last_;
  std::size_t allowed_ = 0;  // batches, while it is held
  bool held_ = false;
  bool failing_ = false;
};

}  // namespace chat::sim
