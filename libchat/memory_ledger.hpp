#pragma once

#include <deque>
#include <unordered_map>

#include "libchat/ledger.hpp"

namespace chat {

// Commits at once, by numbering: what is submitted is done. Ends with the process.
class MemoryLedger final : public Ledger {
 public:
  void submit(Batch batch) override;
  std::optional<BatchResult> take() override;
  void forget(RoomId room) override;

 private:
  std::deque<Batch> done_;
  std::unordered_map<RoomId, Sequence> last_;
};

}  // namespace chat
