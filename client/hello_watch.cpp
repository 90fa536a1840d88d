#include "client/hello_watch.hpp"

#include <algorithm>

namespace chat::client {

void HelloWatch::waits(bool waits, Time now) {
  if (!waits)
    *this = {};
  else if (!since_)
    since_ = now;
}

void HelloWatch::hurry() {
  if (since_)
    patience_ = kHurriedHelloPatience;
}

std::optional<std::chrono::milliseconds> HelloWatch::left(Time now) const {
  using std::chrono::milliseconds;
  if (!since_)
    return std::nullopt;
  return std::max(std::chrono::ceil<milliseconds>(*since_ + patience_ - now), milliseconds::zero());
}

}  // namespace chat::client
