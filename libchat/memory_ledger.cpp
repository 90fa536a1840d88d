#include "libchat/memory_ledger.hpp"

#include <utility>

namespace chat {

void MemoryLedger::submit(Batch batch) {
  for (Entry& entry : batch) {
    if (auto* message = std::get_if<AcceptedMessage>(&entry.what)) {
      Sequence& last = last_[entry.room];
      last = last + 1;
      message->sequence = last;
    }
  }
  done_.push_back(std::move(batch));
}

std::optional<BatchResult> MemoryLedger::take() {
  if (done_.empty())
    return std::nullopt;
  BatchResult result{std::move(done_.front()), true};
  done_.pop_front();
  return result;
}

void MemoryLedger::forget(RoomId room) {
  last_.erase(room);
}

}  // namespace chat
