#include "server/poller.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace chat::server {
namespace {

[[noreturn]] void fail(const char* doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

}  // namespace

Poller::Poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (!epoll_)
    fail("creating an epoll instance");
}

void Poller::add(int fd, std::uint32_t events, std::uint64_t tag) {
  if (!try_add(fd, events, tag))
    fail("registering a descriptor with epoll");
}

bool Poller::try_add(int fd, std::uint32_t events, std::uint64_t tag) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = tag;
  return ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

void Poller::remove(int fd) {
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr) != 0)
    fail("removing a descriptor from epoll");
}

std::span<const epoll_event> Poller::wait(std::optional<std::chrono::nanoseconds> timeout) {
  using namespace std::chrono;
  timespec duration{};
  if (timeout) {
    const auto whole = floor<seconds>(std::max(*timeout, 0ns));
    duration = {whole.count(), (std::max(*timeout, 0ns) - whole).count()};
  }
  const int count = ::epoll_pwait2(epoll_.get(), events_.data(), static_cast<int>(events_.size()),
                                   timeout ? &duration : nullptr, nullptr);
  if (count < 0 && errno != EINTR)
    fail("waiting for events");
  return {events_.data(), static_cast<std::size_t>(std::max(count, 0))};
}

}  // namespace chat::server
