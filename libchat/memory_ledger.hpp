#pragma once

#include <cstddef>
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

  std::size_t numbered_rooms() const { return last_.size(); }

 private:
  std::deque<Batch> done_;
  std::unordered_map<RoomId, Sequence> last_;
};

}  // namespace chat
