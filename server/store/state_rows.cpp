#include "server/store/state_rows.hpp"

#include <vector>

#include "server/store/run_record.hpp"

namespace chat::store {

StateRows::StateRows(sqlite::Database& database, RoomNumbers& numbers)
    : numbers_(numbers),
      know_user_(database,
                 "INSERT INTO users(user, identity, secret, seen) VALUES(?1, ?2, ?3, ?4) ON "
                 "CONFLICT(user) DO UPDATE SET identity = ?2, secret = ?3, seen = ?4"),
      know_room_(database,
                 "INSERT INTO rooms(room, kind, name, first_user, second_user) VALUES(?1, ?2, ?3, "
                 "?4, ?5) ON CONFLICT(room) DO UPDATE SET kind = ?2, name = ?3, first_user = ?4, "
                 "second_user = ?5"),
      reserve_rooms_(database,
                     "UPDATE run SET reserved_rooms = min(?1 + ?2, 4294967295) WHERE "
                     "reserved_rooms < min(?1 + ?2 / 2, 4294967295)"),
      know_session_(database,
                    "INSERT INTO sessions(user, slot, generation, nickname) VALUES(?1, ?2, ?3, ?4) "
                    "ON CONFLICT(user) DO UPDATE SET slot = ?2, generation = ?3, nickname = ?4"),
      know_membership_(database,
                       "INSERT INTO memberships(user, room, may_speak, since) VALUES(?1, ?2, ?3, "
                       "?4) ON CONFLICT(user, room) DO UPDATE SET may_speak = ?3, since = ?4"),
      read_(database,
            "INSERT INTO reads(user, room, sequence) VALUES(?1, ?2, ?3) ON CONFLICT(user, room) DO "
            "UPDATE SET sequence = ?3"),
      forget_read_(database, "DELETE FROM reads WHERE user = ? AND room = ?"),
      forget_reads_of_user_(database, "DELETE FROM reads WHERE user = ?"),
      forget_reads_of_room_(database, "DELETE FROM reads WHERE room = ?"),
      end_membership_(database, "DELETE FROM memberships WHERE user = ? AND room = ?"),
      end_session_(database, "DELETE FROM sessions WHERE user = ?"),
      end_memberships_of_user_(database, "DELETE FROM memberships WHERE user = ?"),
      end_memberships_of_room_(database, "DELETE FROM memberships WHERE room = ?"),
      forget_messages_(database,
                       "INSERT OR IGNORE INTO forgotten_rooms SELECT room FROM messages WHERE room "
                       "= ? LIMIT 1"),
      forget_room_(database, "DELETE FROM rooms WHERE room = ?"),
      pairs_(database, kPairsOfUser),
      forget_user_(database, "DELETE FROM users WHERE user = ?") {}

void StateRows::apply(const StateChange& change) {
  std::visit([this](const auto& one) { apply_to(one); }, change);
}

void StateRows::apply_to(const KnownUser& user) {
  know_user_.run(user.user, user.identity.value, user.secret, user.seen);
}

void StateRows::apply_to(const KnownRoom& room) {
  know_room_.run(room.room, static_cast<int>(room.kind), std::string_view(room.name), room.first,
                 room.second);
  numbers_.know(room.room);
  // Before they are used up: numbers are told to people sooner than rooms are stored.
  reserve_rooms_.run(room.room, kRoomsReserved);
}

void StateRows::apply_to(const KnownSession& session) {
  know_session_.run(session.user, session.session.slot, session.session.generation,
                    std::string_view(session.nickname));
}

void StateRows::apply_to(const KnownMembership& membership) {
  know_membership_.run(membership.user, membership.room, membership.may_speak, membership.since);
}

void StateRows::apply_to(const ReadPosition& read) {
  if (read.sequence == Sequence{})
    forget_read_.run(read.user, read.room);
  else
    read_.run(read.user, read.room, read.sequence);
}

void StateRows::apply_to(const EndedMembership& membership) {
  end_membership_.run(membership.user, membership.room);
}

void StateRows::apply_to(const EndedSession& session) {
  end_memberships_of_user_.run(session.user);
  end_session_.run(session.user);
}

void StateRows::apply_to(const ForgottenRoom& room) {
  end_memberships_of_room_.run(room.room);
  forget_reads_of_room_.run(room.room);
  // There may be very many, so they go later.
  forget_messages_.run(room.room);
  forget_room_.run(room.room);
  numbers_.forget(room.room);
}

void StateRows::apply_to(const ForgottenUser& user) {
  std::vector<RoomId> pairs;
  {
    auto rows = pairs_.query(user.user);
    while (rows.next())
      pairs.push_back(rows.id<RoomId>(0));
  }
  for (const RoomId pair : pairs)
    apply_to(ForgottenRoom{pair});
  apply_to(EndedSession{user.user});
  forget_reads_of_user_.run(user.user);
  forget_user_.run(user.user);
}

}  // namespace chat::store
