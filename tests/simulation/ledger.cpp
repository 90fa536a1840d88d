#include "tests/simulation/ledger.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "tests/simulation/violation.hpp"

namespace chat::sim {

void SimulatedLedger::submit(Batch batch) {
  truth_.submitted(batch);
  waiting_.push_back({std::move(batch), std::exchange(kept_, {})});
}

std::optional<BatchResult> SimulatedLedger::take() {
  if (disk_ == nullptr)
    return take_from_memory();
  while (!held_ && !waiting_.empty())
    commit_next();
  if (done_.empty())
    return std::nullopt;
  BatchResult result = std::move(done_.front());
  done_.pop_front();
  tell_truth(result);
  return result;
}

void SimulatedLedger::tell_truth(const BatchResult& result) {
  statistics_.add(Seen::failed_batches, result.committed ? 0 : 1);
  for (const Entry& entry : result.entries)
    if (result.committed || !std::holds_alternative<AcceptedMessage>(entry.what))
      truth_.published(entry);
  truth_.batch_published();
}

void SimulatedLedger::commit(std::size_t batches) {
  if (disk_ == nullptr)
    allowed_ += batches;
  else
    for (; batches > 0 && !waiting_.empty(); --batches)
      commit_next();
}

void SimulatedLedger::forget(RoomId room) {
  if (disk_ == nullptr)
    ledger_.forget(room);
  else
    keep(ForgottenRoom{room});
}

void SimulatedLedger::keep(StateChange change) {
  if (const auto* const room = std::get_if<KnownRoom>(&change)) {
    disk_->reserve(room->room);
    if (room->kind == RoomKind::pair)
      truth_.is_pair(room->room, room->first, room->second);
  }
  kept_.push_back(std::move(change));
}

// --- in memory ----------------------------------------------------------------------------------

std::optional<BatchResult> SimulatedLedger::take_from_memory() {
  if (waiting_.empty() || (held_ && allowed_ == 0))
    return std::nullopt;
  if (held_)
    --allowed_;
  BatchResult result{std::move(waiting_.front().batch), !std::exchange(failing_, false)};
  waiting_.pop_front();
  if (result.committed)
    result = commit_to_memory(std::move(result.entries));
  tell_truth(result);
  return result;
}

BatchResult SimulatedLedger::commit_to_memory(Batch batch) {
  ledger_.submit(std::move(batch));
  auto result = ledger_.take();
  require(result && result->committed, "a batch is not committed at once");
  return std::move(*result);
}

// --- to the disk --------------------------------------------------------------------------------

void SimulatedLedger::commit_next() {
  Waiting next = std::move(waiting_.front());
  waiting_.pop_front();
  reorder(next.batch);
  BatchResult result{std::move(next.batch), !std::exchange(failing_, false)};
  if (result.committed) {
    std::vector<StateChange> changes = unkept_.all();
    std::ranges::move(next.changes, std::back_inserter(changes));
    unkept_.clear();
    disk_->commit(std::move(changes), result.entries);
  } else {
    for (const StateChange& change : next.changes)
      unkept_.add(change);
  }
  done_.push_back(std::move(result));
}

void SimulatedLedger::finish() {
  Batch nothing;
  disk_->commit(unkept_.all(), nothing);
  unkept_.clear();
}

// Each room's entries stay in order.
void SimulatedLedger::reorder(Batch& batch) {
  if (order_ == 0)
    return;
  order_ = order_ * 1'664'525 + 1'013'904'223;
  order_ += order_ == 0 ? 1 : 0;
  const auto rank = [&](const Entry& entry) { return (entry.room.value * (order_ >> 8)) % 7; };
  if (!std::ranges::is_sorted(batch, {}, rank))
    statistics_.add(Seen::rooms_reordered);
  std::ranges::stable_sort(batch, {}, rank);
}

}  // namespace chat::sim
