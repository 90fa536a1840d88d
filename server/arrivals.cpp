#include "server/arrivals.hpp"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

namespace chat::server {

Arrivals::Arrivals(std::size_t reactors)
    : reactors_(reactors), places_(std::make_unique<Place[]>(reactors)) {
  assert(reactors > 0);
}

ReactorId Arrivals::add(Accepted accepted) {
  const std::span all(places_.get(), reactors_);
  Place& place =
      *std::ranges::min_element(all, {}, [](const Place& p) { return p.connections.load(); });
  ++place.connections;
  accepted.arrival = Arrival{++last_arrival_};
  const std::lock_guard lock(place.mutex);
  place.waiting.push_back(std::move(accepted));
  return {static_cast<ReactorId::rep>(&place - places_.get())};
}

std::vector<Accepted> Arrivals::take(ReactorId reactor) {
  Place& place = places_[reactor.value];
  const std::lock_guard lock(place.mutex);
  return std::exchange(place.waiting, {});
}

}  // namespace chat::server
