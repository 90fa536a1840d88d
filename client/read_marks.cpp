// Up to where the user has read: known here, and told to the server, which remembers it for the
// user's other clients and the next one here.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "client/model.hpp"

namespace chat::client {

// Whoever looks at the end of a room has read it.
void Model::see_front() {
  if (rooms_.empty() || shown() != Shown::room || !rooms_.current().scrollback.at_end())
    return;
  rooms_.current().read_up_to = std::max(rooms_.current().read_up_to, rooms_.current().last);
}

// The user has said this message there, and so has read what is above it.
void Model::said_here(Room& room, Sequence number) {
  if (number <= room.read_up_to)
    return;
  room.read_up_to = number;
  room.unread = 0;
  room.mentions = 0;
  if (&room != &rooms_.current())
    room.scrollback.unmark();
}

// What was said from elsewhere, by /msg, leaves unread what was not on the screen.
void Model::acknowledged_here(Room& room, Sequence number) {
  const bool has_unread = room.unread > 0 || reads_.wants(room.id, Range::For::entered);
  if (&room == &rooms_.current() || !has_unread)
    said_here(room, number);
}

// Also those that are not held, by their numbers: which of them are the user's own nobody can tell.
std::size_t Model::unread_in(const Room& room) const {
  const Sequence first = room.scrollback.first_number().value_or(room.last + 1);
  const Sequence next = std::max(room.read_up_to + 1, room.kept_from);
  const std::size_t above = first > next ? first.value - next.value : 0;
  return above + room.scrollback.messages_behind(room.read_up_to);
}

// The room counts anew. What another client has shown is not unread here, also when it is sent
// again. The place is marked when its messages come.
void Model::begin_reading(Room& room, const protocol::RoomOpened& opened, Sequence last) {
  const bool is_known = opened.read != Sequence{} && opened.read < last;
  room.read_up_to = is_known ? opened.read : std::max(opened.read, last);
  room.told_read = opened.read;
  if (is_known)
    room.scrollback.mark(opened.read);
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
