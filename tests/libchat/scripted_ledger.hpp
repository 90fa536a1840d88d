// A ledger whose commits take as long as a test likes, and fail when it likes.
#pragma once

#include <deque>
#include <unordered_map>
#include <utility>

#include "libchat/ledger.hpp"

namespace chat::test {

class ScriptedLedger final : public Ledger {
 public:
  void submit(Batch batch) override { waiting_.push_back(std::move(batch)); }

  std::optional<BatchResult> take() override {
    if (held_ || waiting_.empty())
      return std::nullopt;
    BatchResult result{std::move(waiting_.front()), !std::exchange(failing_, false)};
    waiting_.pop_front();
    if (result.committed)
      number(result.entries);
    return result;
  }

  void forget(RoomId room) override { last_.erase(room); }

  void hold() { held_ = true; }
  void release() { held_ = false; }
  void fail_next() { failing_ = true; }

  std::size_t waiting() const { return waiting_.size(); }
  std::size_t numbered_rooms() const { return last_.size(); }

 private:
  void number(Batch& batch) {
    for (Entry& entry : batch)
      if (auto* message = std::get_if<AcceptedMessage>(&entry.what)) {
        Sequence& last = last_[entry.room];
        last = last + 1;
        message->sequence = last;
      }
  }

  bool held_ = false;
  bool failing_ = false;
  std::deque<Batch> waiting_;
  std::unordered_map<RoomId, Sequence> last_;
};

}  // namespace chat::test
