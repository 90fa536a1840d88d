#include "libchat/identity_book.hpp"

#include <cassert>

namespace chat {

const IdentityBook::Known* IdentityBook::find(const IdentityId& identity) const {
  const auto place = known_.find(identity);
  return place == known_.end() ? nullptr : &place->second;
}

void IdentityBook::add(const IdentityId& identity, const Known& known) {
  const bool added = known_.emplace(identity, known).second;
  assert(added);
  if (!known.session)
    away_.emplace(known.seen, identity);
}

void IdentityBook::begin_session(const IdentityId& identity, SessionId session) {
  Known& known = known_.at(identity);
  assert(!known.session);
  away_.erase({known.seen, identity});
  known.session = session;
}

void IdentityBook::end_session(const IdentityId& identity, WallTime now) {
  Known& known = known_.at(identity);
  assert(known.session);
  known.session = {};
  known.seen = now;
  away_.emplace(now, identity);
}

void IdentityBook::forget(const IdentityId& identity) {
  assert(known_.at(identity).session);
  known_.erase(identity);
}

std::optional<UserId> IdentityBook::take_expired(WallTime now) {
  if (away_.empty())
    return std::nullopt;
  const auto& [seen, identity] = *away_.begin();
  const auto unseen = std::chrono::duration_cast<std::chrono::milliseconds>(unseen_);
  if (now.milliseconds - seen.milliseconds <= unseen.count())
    return std::nullopt;
  const auto place = known_.find(identity);
  const UserId user = place->second.user;
  known_.erase(place);
  away_.erase(away_.begin());
  return user;
}

}  // namespace chat
