#include "server/unkept_changes.hpp"

namespace chat::server {

void UnkeptChanges::add(const StateChange& change) {
  std::visit([&](const auto& what) { add_one(what); }, change);
}

void UnkeptChanges::add_one(const KnownRoom& known) {
  OfRoom& room = rooms_[known.room];
  room.began = room.began || known.is_new;
  room.known = known;
}

void UnkeptChanges::add_one(const ForgottenRoom& forgotten) {
  OfRoom& room = rooms_[forgotten.room];
  if (room.began)
    rooms_.erase(forgotten.room);
  else
    room.known.reset();
}

void UnkeptChanges::add_one(const KnownUser& known) {
  users_[known.user].known = known;
}

void UnkeptChanges::add_one(const KnownSession& known) {
  OfUser& user = users_[known.user];
  user.began = user.began || known.is_new;
  user.session = known;
}

void UnkeptChanges::add_one(const KnownMembership& known) {
  users_[known.user].memberships.insert_or_assign(known.room, known);
}

void UnkeptChanges::add_one(const ReadPosition& read) {
  users_[read.user].reads.insert_or_assign(read.room, read);
}

void UnkeptChanges::add_one(const EndedMembership& ended) {
  users_[ended.user].memberships.insert_or_assign(ended.room, ended);
}

void UnkeptChanges::add_one(const EndedSession& ended) {
  OfUser& user = users_[ended.user];
  user.has_ended = user.has_ended || !user.began;
  user.session.reset();
  user.memberships.clear();
}

// Comes behind the end of a session that leaves nothing.
void UnkeptChanges::add_one(const ForgottenUser& forgotten) {
  OfUser& user = users_[forgotten.user];
  const bool was_unknown = user.began && !user.has_ended;
  if (was_unknown) {
    users_.erase(forgotten.user);
    return;
  }
  user = {};
  user.has_ended = user.is_forgotten = true;
}

std::vector<StateChange> UnkeptChanges::all() const {
  std::vector<StateChange> changes;
  for (const auto& [id, room] : rooms_)
    if (room.known)
      changes.emplace_back(*room.known);
    else
      changes.emplace_back(ForgottenRoom{id});
  for (const auto& [id, user] : users_) {
    if (user.has_ended)
      changes.emplace_back(EndedSession{id});
    if (user.known)
      changes.emplace_back(*user.known);
    if (user.session)
      changes.emplace_back(*user.session);
    for (const auto& [room, membership] : user.memberships)
      std::visit([&](const auto& what) { changes.emplace_back(what); }, membership);
    for (const auto& [room, read] : user.reads)
      changes.emplace_back(read);
    if (user.is_forgotten)
      changes.emplace_back(ForgottenUser{id});
  }
  return changes;
}

void UnkeptChanges::clear() {
  users_.clear();
  rooms_.clear();
}

}  // namespace chat::server
