#include "server/acceptor.hpp"

#include <algorithm>

namespace chat::server {

Acceptor::Acceptor(std::span<const Listener> listeners, Poller& poller)
    : listeners_(listeners), poller_(poller), waiting_(listeners.size(), 0) {
  for (std::size_t i = 0; i < listeners.size(); ++i)
    poller.add(listeners[i].socket.get(), EPOLLIN | EPOLLET, i);
}

void Acceptor::stop() {
  for (const Listener& listener : listeners_)
    poller_.remove(listener.socket.get());
  std::ranges::fill(waiting_, 0);
  paused_until_.reset();
}

std::optional<MonotonicTime> Acceptor::next(MonotonicTime now) const {
  if (!has_waiting())
    return std::nullopt;
  return paused_until_ ? *paused_until_ : now;
}

}  // namespace chat::server
