#include "bench/load/crowd.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <utility>

namespace chat::bench {
namespace {

// So many are let in at a time: enough to keep a server busy, few enough for any listening queue
// (a connection that does not fit into it is tried again by the kernel only after a second).
constexpr std::uint32_t kEnteringAtOnce = 128;
constexpr Duration kLongestPoll = std::chrono::milliseconds(100);

std::string explain(const net::Failure& failure) {
  switch (failure.error) {
    case EMFILE:
      return describe(failure) + "; the file limit of this process is in the way (ulimit -n)";
    case ENFILE:
      return describe(failure) + "; the file limit of the system is in the way (fs.file-max)";
    case EADDRNOTAVAIL:
      return describe(failure) + "; no local port is left (net.ipv4.ip_local_port_range)";
    default:
      return describe(failure);
  }
}

}  // namespace

Crowd::Crowd(ClientPool pool, std::uint32_t clients, Duration patience, MessageEvents& messages)
    : size_(clients),
      patience_(patience),
      pool_(std::move(pool)),
      dialect_(clients, messages, *this) {}

std::expected<Duration, std::string> Crowd::connect_all(Progress& progress) {
  const Instant start = Clock::now();
  const auto connect = [this](ClientIndex client) { return pool_.connect(client); };
  if (const auto done = bring_all("connected", progress, connect); !done)
    return std::unexpected(done.error());
  return Clock::now() - start;
}

std::expected<void, std::string> Crowd::enter_room(const std::string& name, Progress& progress) {
  const auto enter = [&](ClientIndex client) -> std::expected<void, net::Failure> {
    dialect_.enter(client, name);
    return {};
  };
  if (const auto done = bring_all("in the room", progress, enter); !done)
    return std::unexpected(done.error());
  if (!room_is_new_)
    return std::unexpected("somebody else talks in room " + name);
  return {};
}

template <class Start>
std::expected<void, std::string> Crowd::bring_all(std::string_view where, Progress& progress,
                                                  Start start) {
  arrived_ = 0;
  last_arrival_ = Clock::now();
  std::uint32_t started = 0;
  while (arrived_ < size_) {
    for (; started < size_ && started - arrived_ < kEnteringAtOnce; ++started)
      if (const auto begun = start(started); !begun)
        return std::unexpected(explain(begun.error()));
    if (auto waited = wait_for_arrival(where, progress); !waited)
      return waited;
  }
  return {};
}

std::expected<void, std::string> Crowd::wait_for_arrival(std::string_view where,
                                                         Progress& progress) {
  const std::uint32_t arrived_before = arrived_;
  if (auto polled = poll(kLongestPoll); !polled)
    return polled;
  const Instant now = Clock::now();
  if (arrived_ != arrived_before)
    last_arrival_ = now;
  if (troubles_.count() > 0)
    return std::unexpected(fmt::format("{}, then:{}", only_so_many(where), troubles_.lines()));
  if (now - last_arrival_ > patience_)
    return std::unexpected(fmt::format("{}, then nothing happened for {} s", only_so_many(where),
                                       in_seconds(patience_)));
  if (progress.due(now))
    progress.show(now, only_so_many(where));
  return {};
}

std::string Crowd::only_so_many(std::string_view where) const {
  return fmt::format("{} of {} clients {}", arrived_, size_, where);
}

std::expected<void, std::string> Crowd::poll(Duration longest) {
  if (const auto polled = pool_.poll(longest, *this); !polled)
    return std::unexpected(describe(polled.error()));
  return {};
}

void Crowd::leave_all() {
  for (ClientIndex client = 0; client < size_; ++client) {
    dialect_.part(client);
    pool_.close(client);
  }
}

void Crowd::closed(ClientIndex, const net::Failure& why) {
  troubles_.add(explain(why));
}

void Crowd::settled(ClientIndex, Sequence next) {
  constexpr Sequence kFirstMessage{1};
  room_is_new_ = room_is_new_ && next == kFirstMessage;
  ++arrived_;
}

}  // namespace chat::bench
