#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "server/listener.hpp"
#include "server/poller.hpp"
#include "server/timer_wheel.hpp"

namespace chat::server {

// Accepts from the listening sockets. Lives through exhaustion of descriptors and memory: since no
// edge will tell when there are some again, it then tries anew after a while. Owned by one reactor.
class Acceptor {
 public:
  static constexpr std::chrono::milliseconds kRetry{200};
  static constexpr std::size_t kBudget = 64;  // connections per call

  // The listeners outlive the acceptor. Listener i is registered under the tag i.
  Acceptor(std::span<const Listener> listeners, Poller& poller);

  // An edge came for listener `index`.
  void wake(std::size_t index) { waiting_[index] = true; }

  // Hands each new connection to take(Accepted), at most kBudget.
  template <class Take>
  void accept(MonotonicTime now, Take&& take) {
    if (paused_until_ && *paused_until_ > now)
      return;
    paused_until_.reset();
    for (std::size_t i = 0, taken = 0; i < listeners_.size(); ++i)
      while (waiting_[i] && taken < kBudget) {
        auto next = accept_from(listeners_[i].socket);
        if (auto* accepted = std::get_if<Accepted>(&next)) {
          ++taken;
          take(std::move(*accepted));
        } else if (std::get<AcceptPause>(next) == AcceptPause::none_waiting) {
          waiting_[i] = false;
        } else {
          paused_until_ = now + kRetry;
          return;
        }
      }
  }

  void stop();

  // When accept() should be called next though no edge came; `now` when more are waiting.
  std::optional<MonotonicTime> next(MonotonicTime now) const;
  // Whether accept() has anything to do.
  bool has_waiting() const { return std::ranges::find(waiting_, 1) != waiting_.end(); }
  bool is_paused() const { return paused_until_.has_value(); }

 private:
  std::span<const Listener> listeners_;
  Poller& poller_;
  std::vector<char> waiting_;  // by listener: connections may be waiting
  std::optional<MonotonicTime> paused_until_;
};

}  // namespace chat::server
