#include "libchat/detached_sessions.hpp"

#include <algorithm>
#include <cassert>

namespace chat {

DetachedSessions::Place DetachedSessions::add(SessionId session, AddressKey address,
                                              MonotonicTime now) {
  const Place place = ++last_;
  by_age_.emplace(place, Detached{session, address, now});
  by_address_[address].insert(place);
  return place;
}

void DetachedSessions::remove(Place place) {
  const auto detached = by_age_.find(place);
  assert(detached != by_age_.end());
  const auto of_address = by_address_.find(detached->second.address);
  of_address->second.erase(place);
  if (of_address->second.empty())
    by_address_.erase(of_address);
  by_age_.erase(detached);
}

std::optional<SessionId> DetachedSessions::surplus(AddressKey latest) const {
  if (const auto of_address = by_address_.find(latest);
      of_address != by_address_.end() && of_address->second.size() > limits_.most_per_address)
    return by_age_.at(*of_address->second.begin()).session;
  if (by_age_.size() > limits_.most)
    return by_age_.begin()->second.session;
  return std::nullopt;
}

std::vector<SessionId> DetachedSessions::take_unannounced(MonotonicTime now, std::size_t most) {
  std::vector<SessionId> taken;
  auto place = by_age_.lower_bound(first_unannounced_);
  for (; place != by_age_.end() && taken.size() < most &&
         place->second.since + limits_.unnoticed <= now;
       ++place) {
    taken.push_back(place->second.session);
    first_unannounced_ = place->first + 1;
  }
  return taken;
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
