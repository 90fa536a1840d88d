#include "server/store/message_rows.hpp"

#include <cassert>

#include "server/store/digest.hpp"
#include "server/store/stored_message.hpp"

namespace chat::store {

std::uint64_t digest_of_id(UserId user, const MessageId& id, std::uint64_t body, RoomId room,
                           Sequence sequence, WallTime time) {
  return Digest()
      .add(user.value)
      .add(ByteView(id))
      .add(body)
      .add(room.value)
      .add(sequence.value)
      .add(time.milliseconds)
      .value();
}

MessageRows::MessageRows(sqlite::Database& database, RoomNumbers& numbers)
    : numbers_(numbers),
      database_(database),
      add_id_(database,
              "INSERT INTO ids(user, id, body, room, sequence, time, digest) VALUES(?, ?, ?, ?, "
              "?, ?, ?) ON "
              "CONFLICT DO NOTHING"),
      find_id_(database, "SELECT body, room, sequence, time FROM ids WHERE user = ? AND id = ?"),
      add_message_(database,
                   "INSERT INTO messages(room, sequence, time, user, kind, nickname, text, "
                   "digest) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"),
      add_words_(database, "INSERT INTO search(rowid, text) VALUES(last_insert_rowid(), ?)"),
      set_last_(database, "UPDATE rooms SET last = ?2 WHERE room = ?1") {}

void MessageRows::add(RoomId room, WallTime time, AcceptedMessage& message) {
  assert(numbers_.knows(room));
  RoomNumbers::Pending& numbers = numbers_.pending_of(room);
  const Sequence next = numbers.last + 1;
  add_id_.run(message.from.user, message.id, message.body, room, next, time,
              digest_of_id(message.from.user, message.id, message.body, room, next, time));
  if (database_.changes() == 0) {
    message.said_before = said_before(message);
    return;
  }
  if (!numbers.is_forgotten) {
    add_message_.run(room, next, time, message.from.user, static_cast<int>(message.kind),
                     message.from.nickname.shown(), std::string_view(message.text),
                     digest_of(room, next, time, message.from.user, message.kind,
                               message.from.nickname.shown(), message.text));
    add_words_.run(std::string_view(message.text));
  }
  numbers.last = next;
  message.sequence = next;
}

SaidBefore MessageRows::said_before(const AcceptedMessage& message) {
  auto rows = find_id_.query(message.from.user, message.id);
  [[maybe_unused]] const bool found = rows.next();
  assert(found);
  return {.body = static_cast<std::uint64_t>(rows.integer(0)),
          .room = rows.id<RoomId>(1),
          .sequence = rows.sequence(2),
          .time = rows.time(3)};
}

void MessageRows::finish() {
  for (const auto& [room, numbers] : numbers_.pending())
    set_last_.run(room, numbers.last);
}

}  // namespace chat::store
