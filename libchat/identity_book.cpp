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
  away_readers_.erase({known.seen, identity});
  known.session = session;
}

void IdentityBook::end_session(const IdentityId& identity, WallTime now, bool is_reader) {
  Known& known = known_.at(identity);
  assert(known.session);
  known.session = {};
  known.seen = now;
  known.is_reader = is_reader;
  away_.emplace(now, identity);
  if (is_reader)
    away_readers_.emplace(now, identity);
}

void IdentityBook::forget(const IdentityId& identity) {
  assert(known_.at(identity).session);
  known_.erase(identity);
}

std::optional<UserId> IdentityBook::take_expired(WallTime now) {
  if (away_.empty())
    return std::nullopt;
  const bool is_crowded = away_readers_.size() > most_readers_;
  const auto longest = is_crowded ? *away_readers_.begin() : *away_.begin();
  const auto& [seen, identity] = longest;
  const auto unseen = std::chrono::duration_cast<std::chrono::milliseconds>(unseen_);
  if (!is_crowded && now.milliseconds - seen.milliseconds <= unseen.count())
    return std::nullopt;
  const auto place = known_.find(identity);
  const UserId user = place->second.user;
  known_.erase(place);
  away_.erase(longest);
  away_readers_.erase(longest);
  return user;
}

}  // namespace chat
