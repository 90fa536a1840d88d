#include "client/reconnector.hpp"

#include <utility>

namespace chat::client {

void Reconnector::want(Time now) {
  if (next_try_ || connector_.is_trying())
    return;
  next_try_ = now + backoff_.next(now);
}

// A try that is under way goes on.
void Reconnector::try_now() {
  if (!connector_.is_trying())
    next_try_ = Time::min();
}

void Reconnector::stop() {
  next_try_.reset();
  connector_.give_up();
}

std::optional<std::expected<Connection, net::Failure>> Reconnector::step(Time now) {
  if (next_try_ && *next_try_ <= now) {
    next_try_.reset();
    connector_.begin(server_);
  }
  return connector_.take();
}

std::optional<std::chrono::milliseconds> Reconnector::wait(Time now) const {
  if (!next_try_)
    return std::nullopt;
  // At once is long ago: a difference to it would overflow.
  if (*next_try_ <= now)
    return std::chrono::milliseconds::zero();
  return std::chrono::ceil<std::chrono::milliseconds>(*next_try_ - now);
}

}  // namespace chat::client
