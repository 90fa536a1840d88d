#include "server/unkept_changes.hpp"

namespace chat::server {

void UnkeptChanges::add(const StateChange& change) {
  std::visit([&](const auto& what) { add_one(what); }, change);
}

// A user is told of before anything else about it, and again when its session ends.
void UnkeptChanges::add_one(const KnownUser& known) {
  const auto [place, is_first] = users_.try_emplace(known.user);
  OfUser& user = place->second;
  user.began = user.began || is_first;
  user.known = known;
}

void UnkeptChanges::add_one(const KnownMembership& known) {
  users_[known.user].memberships.insert_or_assign(known.room, known);
}

void UnkeptChanges::add_one(const EndedMembership& ended) {
  users_[ended.user].memberships.insert_or_assign(ended.room, ended);
}

void UnkeptChanges::add_one(const EndedSession& ended) {
  OfUser& user = users_[ended.user];
  // Whoever has no identity never comes again.
  const bool leaves_nothing = user.began && user.session && (!user.known || !user.known->identity);
  if (leaves_nothing) {
    users_.erase(ended.user);
    return;
  }
  user.has_ended = true;
  user.session.reset();
  user.memberships.clear();
}

void UnkeptChanges::add_one(const ForgottenUser& forgotten) {
  OfUser& user = users_[forgotten.user] = {};
  user.is_forgotten = true;
}

std::vector<StateChange> UnkeptChanges::all() const {
  std::vector<StateChange> changes;
  for (const auto& [id, room] : rooms_)
    std::visit([&](const auto& what) { changes.emplace_back(what); }, room);
  for (const auto& [id, user] : users_) {
    if (user.has_ended)
      changes.emplace_back(EndedSession{id});
    if (user.known)
      changes.emplace_back(*user.known);
    if (user.session)
      changes.emplace_back(*user.session);
    for (const auto& [room, membership] : user.memberships)
      std::visit([&](const auto& what) { changes.emplace_back(what); }, membership);
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
