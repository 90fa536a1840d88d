// A ledger whose commits take as long as a test likes, and fail when it likes. With a store, what
// it has committed outlives it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "libchat/ledger.hpp"
#include "tests/support/kept_store.hpp"

namespace chat::test {

class ScriptedLedger final : public Ledger {
 public:
  // The store outlives the ledger; null: nothing does.
  explicit ScriptedLedger(KeptStore* store = nullptr) : store_(store) {}

  void submit(Batch batch) override {
    waiting_.push_back({std::move(batch), std::exchange(kept_, {})});
  }

  std::optional<BatchResult> take() override {
    if (held_ || waiting_.empty())
      return std::nullopt;
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    for (StateChange& change : next.changes)
      changes_.push_back(std::move(change));
    if (std::exchange(failing_, false))
      return BatchResult{std::move(next.batch), false, why_};
    if (store_ != nullptr)
      for (const StateChange& change : std::exchange(changes_, {}))
        store_->apply(change);
    number(next.batch);
    return BatchResult{std::move(next.batch), true};
  }

  void forget(RoomId room) override {
    last_.erase(room);
    keep(ForgottenRoom{room});
  }

  bool is_durable() const override { return store_ != nullptr; }
  void keep(StateChange change) override { kept_.push_back(std::move(change)); }

  std::optional<protocol::Notice> take_notice() override { return std::exchange(notice_, {}); }

  void hold() { held_ = true; }
  void release() { held_ = false; }
  void fail_next(std::string why = {}) {
    failing_ = true;
    why_ = std::move(why);
  }

  // What everybody is told in the next round.
  void tell(NoticeCode code) { notice_ = protocol::Notice{code, {}}; }

  std::size_t waiting() const { return waiting_.size(); }
  std::size_t numbered_rooms() const { return last_.size(); }

 private:
  struct Waiting {
    Batch batch;
    std::vector<StateChange> changes;
  };

  void number(Batch& batch) {
    for (Entry& entry : batch)
      if (auto* message = std::get_if<AcceptedMessage>(&entry.what)) {
        if (store_ != nullptr) {
          store_->commit(entry.room, entry.time, *message);
        } else {
          Sequence& last = last_[entry.room];
          message->sequence = last = last + 1;
        }
      }
  }

  KeptStore* store_;
  bool held_ = false;
  bool failing_ = false;
  std::string why_;
  std::optional<protocol::Notice> notice_;
  std::deque<Waiting> waiting_;
  std::vector<StateChange> kept_;     // for the batch that is submitted next
  std::vector<StateChange> changes_;  // that were not committed with their batch
  std::unordered_map<RoomId, Sequence> last_;
};

}  // namespace chat::test
