#include "libchat/detached_sessions.hpp"

#include <algorithm>
#include <cassert>

namespace chat {

DetachedSessions::Place DetachedSessions::add(SessionId session, AddressKey address,
                                              std::size_t memberships, MonotonicTime now) {
  const Place place = ++last_;
  by_age_.emplace(place, Detached{session, address, memberships, now, false});
  OfAddress& of_address = by_address_[address];
  of_address.places.insert(place);
  of_address.memberships += memberships;
  memberships_ += memberships;
  return place;
}

DetachedSessions::Place DetachedSessions::add_restored(SessionId session, MonotonicTime now) {
  const Place place = ++last_;
  assert(last_restored_ + 1 == place);
  last_restored_ = place;
  by_age_.emplace(place, Detached{session, {}, 0, now, true});
  ++restored_;
  return place;
}

void DetachedSessions::remove(Place place) {
  const auto detached = by_age_.find(place);
  assert(detached != by_age_.end());
  if (detached->second.is_restored) {
    --restored_;
    by_age_.erase(detached);
    return;
  }
  const auto of_address = by_address_.find(detached->second.address);
  of_address->second.places.erase(place);
  of_address->second.memberships -= detached->second.memberships;
  memberships_ -= detached->second.memberships;
  if (of_address->second.places.empty())
    by_address_.erase(of_address);
  by_age_.erase(detached);
}

std::optional<SessionId> DetachedSessions::surplus(AddressKey latest) const {
  if (const auto place = by_address_.find(latest); place != by_address_.end()) {
    const auto& [places, memberships] = place->second;
    if (places.size() > limits_.most_per_address ||
        memberships > limits_.most_memberships_per_address)
      return by_age_.at(*places.begin()).session;
  }
  if (by_age_.size() - restored_ > limits_.most || memberships_ > limits_.most_memberships)
    return by_age_.upper_bound(last_restored_)->second.session;
  return std::nullopt;
}

std::optional<SessionId> DetachedSessions::take_unannounced(MonotonicTime now) {
  const auto place = by_age_.lower_bound(first_unannounced_);
  if (place == by_age_.end() || place->second.since + limits_.unnoticed > now)
    return std::nullopt;
  first_unannounced_ = place->first + 1;
  return place->second.session;
}

std::optional<SessionId> DetachedSessions::expired(MonotonicTime now) const {
  if (by_age_.empty() || by_age_.begin()->second.since + limits_.grace > now)
    return std::nullopt;
  return by_age_.begin()->second.session;
}

std::optional<MonotonicTime> DetachedSessions::next() const {
  if (by_age_.empty())
    return std::nullopt;
  MonotonicTime next = by_age_.begin()->second.since + limits_.grace;
  if (const auto place = by_age_.lower_bound(first_unannounced_); place != by_age_.end())
    next = std::min(next, place->second.since + limits_.unnoticed);
  return next;
}

}  // namespace chat
