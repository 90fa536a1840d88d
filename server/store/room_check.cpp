#include "server/store/room_check.hpp"

#include <fmt/format.h>

#include "server/store/stored_message.hpp"

namespace chat::store {

// Two statements, so that a message which cannot be read does not hide those behind it: the first
// one reads the index alone.
RoomCheck::RoomCheck(sqlite::Database& database)
    : places_(database,
              "SELECT sequence, message FROM messages INDEXED BY messages_place WHERE room = ? "
              "ORDER BY sequence"),
      message_(database,
               fmt::format("SELECT {} FROM messages WHERE message = ?", kMessageColumns)) {}

std::uint64_t RoomCheck::check(const CheckedRoom& room, Findings& findings) {
  Sequence at{};
  std::uint64_t readable = 0;
  try {
    walk(room, findings, at, readable);
  } catch (const sqlite::Error& error) {
    findings.add(fmt::format("{}: messages behind {} cannot be looked for ({})", room.shown,
                             at.value, error.what()));
  }
  return readable;
}

void RoomCheck::walk(const CheckedRoom& room, Findings& findings, Sequence& at,
                     std::uint64_t& readable) {
  Ranges missing(findings, room.shown, "missing");
  Ranges unreadable(findings, room.shown, "unreadable");
  Ranges beyond(findings, room.shown, "numbered beyond the room's last");
  auto rows = places_.query(room.room);
  while (rows.next()) {
    const Sequence sequence = rows.sequence(0);
    if (at != Sequence{} && sequence > at + 1)
      missing.add(at + 1, sequence - 1);
    at = sequence;
    if (at > room.last)
      beyond.add(at, at);
    if (is_readable(room.room, sequence, rows.integer(1)))
      ++readable;
    else
      unreadable.add(at, at);
  }
  // Retention takes the oldest, so the last one goes with all.
  if (at != Sequence{} && at < room.last)
    missing.add(at + 1, room.last);
}

bool RoomCheck::is_readable(RoomId room, Sequence sequence, std::int64_t message) {
  try {
    auto rows = message_.query(message);
    if (!rows.next() || rows.id<RoomId>(kRoomColumn) != room)
      return false;
    const auto found = message_in(rows);
    return found && found->sequence == sequence;
  } catch (const sqlite::Error&) {
    return false;
  }
}

}  // namespace chat::store
