// Up to where the user has read: known here, and told to the server, which remembers it for the
// user's other clients and the next one here.

#include <algorithm>
#include <cstdint>
#include <utility>

#include "client/model.hpp"

namespace chat::client {

// Whoever looks at the end of a room has read it.
void Model::see_front() {
  if (rooms_.empty() || shown() != Shown::room || !current().scrollback.at_end())
    return;
  current().read_up_to = std::max(current().read_up_to, current().last);
}

// The user has said this message there, and so has read what is above it.
void Model::said_here(Room& room, Sequence number) {
  if (number <= room.read_up_to)
    return;
  room.read_up_to = number;
  room.unread = 0;
  room.mentions = 0;
}

// The room counts anew. What another client has shown is not unread here. A room that is in front
// at once has the place marked when its messages come.
void Model::begin_reading(Room& room, const protocol::RoomOpened& opened, Sequence last) {
  const bool is_known = opened.read != Sequence{} && opened.read < last;
  room.read_up_to = is_known ? opened.read : last;
  room.told_read = opened.read;
  room.to_be_marked = is_known ? opened.read : Sequence{};
}

void Model::mark_past(Room& room) {
  const Sequence seen = std::exchange(room.to_be_marked, {});
  if (seen != Sequence{} && &room == &current())
    room.scrollback.mark(seen);
}

// Not more often than anybody could tell apart.
void Model::tell_what_is_read() {
  for (Room& room : rooms_)
    if (now_.milliseconds - room.told_at.milliseconds >= kBetweenMarks.count())
      mark_read(room);
}

void Model::mark_read(Room& room) {
  if (phase_ != Phase::chatting || version_ < kPresenceVersion || room.id == RoomId{} ||
      !(room.open || room.ended) || room.read_up_to <= room.told_read)
    return;
  room.told_read = room.read_up_to;
  room.told_at = now_;
  remember_pair(room);
  outgoing_.emplace_back(
      protocol::MarkRead{.request = kUnanswered, .room = room.id, .sequence = room.read_up_to});
}

}  // namespace chat::client
