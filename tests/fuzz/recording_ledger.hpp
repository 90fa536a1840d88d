// A ledger that remembers what it has committed: the truth that clients' messages are held to.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "libchat/ledger.hpp"
#include "tests/fuzz/expect.hpp"
#include "tests/libchat/scripted_ledger.hpp"

namespace chat::fuzz {

class RecordingLedger final : public Ledger {
 public:
  using Messages = std::map<Sequence, AcceptedMessage>;

  void submit(Batch batch) override { ledger_.submit(std::move(batch)); }

  std::optional<BatchResult> take() override {
    auto result = ledger_.take();
    if (result && result->committed)
      for (const Entry& entry : result->entries)
        if (const auto* message = std::get_if<AcceptedMessage>(&entry.what))
          record(entry.room, *message);
    return result;
  }

  void forget(RoomId room) override { ledger_.forget(room); }

  // Delay and failure.
  test::ScriptedLedger& weather() { return ledger_; }

  const std::map<RoomId, Messages>& rooms() const { return rooms_; }
  // Null when there is none with this number.
  const AcceptedMessage* find(RoomId room, Sequence sequence) const {
    const auto messages = rooms_.find(room);
    if (messages == rooms_.end())
      return nullptr;
    const auto message = messages->second.find(sequence);
    return message == messages->second.end() ? nullptr : &message->second;
  }

 private:
  void record(RoomId room, const AcceptedMessage& message) {
    const bool is_new = said_.insert({message.from.user, message.id}).second;
    expect(is_new, "a message is published twice");
    const bool is_next = rooms_[room].emplace(message.sequence, message).second;
    expect(is_next, "two messages of a room have one number");
  }

  test::ScriptedLedger ledger_;
  std::map<RoomId, Messages> rooms_;
  std::set<std::pair<UserId, MessageId>> said_;
};

}  // namespace chat::fuzz
