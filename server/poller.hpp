#pragma once

#include <sys/epoll.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "net/unique_fd.hpp"

namespace chat::server {

// epoll(7), and nothing about what is waited for. One thread. System failures throw
// std::system_error.
class Poller {
 public:
  static constexpr std::size_t kMostEvents = 1024;  // of one wait

  Poller();

  // `tag` comes back with each event of the descriptor. A descriptor that is closed is forgotten.
  void add(int fd, std::uint32_t events, std::uint64_t tag);
  // False when the kernel has no room for one more; errno says why.
  bool try_add(int fd, std::uint32_t events, std::uint64_t tag);
  void remove(int fd);

  // Waits for events, for at most `timeout`; without one, for as long as it takes. The events are
  // valid until the next call.
  std::span<const epoll_event> wait(std::optional<std::chrono::nanoseconds> timeout);

 private:
  net::UniqueFd epoll_;
  std::array<epoll_event, kMostEvents> events_;
};

}  // namespace chat::server
