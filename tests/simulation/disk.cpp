#include "tests/simulation/disk.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "tests/simulation/violation.hpp"

namespace chat::sim {

void Disk::commit(std::vector<StateChange> changes, Batch& entries) {
  Batch messages;
  for (const Entry& entry : entries)
    if (std::holds_alternative<AcceptedMessage>(entry.what))
      messages.push_back(entry);
  apply(changes, entries);
  commits_.push_back({std::move(changes), std::move(messages)});
}

void Disk::apply(const std::vector<StateChange>& changes, Batch& entries) {
  for (const StateChange& change : changes)
    kept_.apply(change);
  for (Entry& entry : entries)
    if (auto* const message = std::get_if<AcceptedMessage>(&entry.what)) {
      require(kept_.rooms().contains(entry.room),
              "a message is stored of a room that is not known");
      kept_.commit(entry.room, entry.time, *message);
    }
}

void Disk::reserve(RoomId room) {
  last_room_ = std::max(last_room_, room);
}

DurableState Disk::begin() {
  DurableState state = kept_.state();
  state.last_user = UserId{++starts_ << 32};
  state.last_room = last_room_;
  return state;
}

std::size_t Disk::lose(std::size_t commits) {
  const std::size_t lost = std::min(commits, commits_.size() - 1);
  commits_.resize(commits_.size() - lost);
  kept_ = {};
  for (const Commit& commit : commits_) {
    Batch entries = commit.entries;
    apply(commit.changes, entries);
  }
  return lost;
}

}  // namespace chat::sim
