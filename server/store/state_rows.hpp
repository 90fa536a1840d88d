// What is known of users, rooms, sessions and memberships, in the tables of the store. Throws
// sqlite::Error.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "libchat/durable_state.hpp"
#include "server/store/findings.hpp"
#include "server/store/room_numbers.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {

// The rooms of ?1; with an OR, SQLite would look at every pair.
inline constexpr std::string_view kPairsOfUser =
    "SELECT room FROM rooms WHERE kind = 2 AND first_user = ?1 UNION SELECT room FROM rooms WHERE "
    "kind = 2 AND second_user = ?1";

// All of it, but last_user and last_room. Sessions and memberships that make no sense are left out
// (who had them comes anew), and pairs of somebody unknown. What was damaged and could be put right
// is told as findings: rooms whose last number cannot be, and second ones of the same two people,
// are left out; numbers go on behind a room's messages, and a membership begins within its room. An
// error is a sentence about users or rooms that are damaged beyond that.
std::expected<DurableState, std::string> load_state(sqlite::Database& database, Findings& findings);

// Prepared for changes, which are applied within a transaction; `numbers` is told of rooms that
// come and go. Both outlive it.
class StateRows {
 public:
  StateRows(sqlite::Database& database, RoomNumbers& numbers);

  void apply(const StateChange& change);

 private:
  void apply_to(const KnownUser& user);
  void apply_to(const KnownRoom& room);
  void apply_to(const KnownSession& session);
  void apply_to(const KnownMembership& membership);
  void apply_to(const ReadPosition& read);
  void apply_to(const EndedMembership& membership);
  void apply_to(const EndedSession& session);
  void apply_to(const ForgottenRoom& room);
  void apply_to(const ForgottenUser& user);

  RoomNumbers& numbers_;
  sqlite::Statement know_user_;
  sqlite::Statement know_room_;
  sqlite::Statement reserve_rooms_;
  sqlite::Statement know_session_;
  sqlite::Statement know_membership_;
  sqlite::Statement read_;
  sqlite::Statement forget_read_;
  sqlite::Statement forget_reads_of_user_;
  sqlite::Statement forget_reads_of_room_;
  sqlite::Statement end_membership_;
  sqlite::Statement end_session_;
  sqlite::Statement end_memberships_of_user_;
  sqlite::Statement end_memberships_of_room_;
  sqlite::Statement forget_messages_;
  sqlite::Statement forget_room_;
  sqlite::Statement pairs_;
  sqlite::Statement forget_user_;
};

}  // namespace chat::store
