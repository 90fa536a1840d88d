// Conversations of an earlier client that nobody has open any more: what was whispered in them
// since the user has seen them brings them back.

#include <algorithm>

#include "client/model.hpp"

namespace chat::client {

// Where nothing is kept, there is nothing to come back to.
void Model::remember_pair(const Room& room) {
  if (!room.is_pair() || room.id == RoomId{} || history_ == 0)
    return;
  std::erase_if(recalled_, [&](const KnownPair& pair) { return pair.room == room.id; });
  state_->keep_pair({room.id, room.other, room.name, epoch_, room.read_up_to});
}

void Model::forget_pair(RoomId room) {
  std::erase_if(recalled_, [&](const KnownPair& pair) { return pair.room == room; });
  state_->forget_pair(room);
}

bool Model::is_recalled(RoomId room) const {
  return std::ranges::find(recalled_, room, &KnownPair::room) != recalled_.end();
}

// Those that the server has open, it opens by itself.
void Model::recall_pairs() {
  std::vector<RoomId> void_pairs;
  for (const KnownPair& pair : recalled_)
    if (pair.epoch != epoch_)
      void_pairs.push_back(pair.room);
    else if (rooms_.find(pair.room) == nullptr)
      want({Range::For::recalled, pair.room, pair.read, {}, HeldLines::kMaxLines});
  for (const RoomId room : void_pairs)
    forget_pair(room);
}

// Nothing for a page that is of no such pair, or has nothing new.
Room* Model::recalled_conversation(const Reads::Part& part) {
  const auto known = std::ranges::find(recalled_, part.range.room, &KnownPair::room);
  if (known == recalled_.end() || part.messages.empty())
    return nullptr;
  const KnownPair pair = *known;
  recalled_.erase(known);
  Room* const room = begin_conversation(pair.name, pair.other);
  if (room == nullptr || room->id != RoomId{})
    return nullptr;
  room->id = pair.room;
  room->ended = true;
  room->counted_as = pair.room;
  room->counted_in = epoch_;
  room->read_up_to = room->told_read = pair.read;
  want({Range::For::entered, pair.room, {}, pair.read + 1, history_});
  return room;
}

}  // namespace chat::client
