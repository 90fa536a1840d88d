#include "bench/load/crowd.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <utility>

namespace chat::bench {
namespace {

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

std::unique_ptr<Dialect> make(const CrowdOptions& options, MessageEvents& messages,
                              DialectEvents& others) {
  if (options.make_dialect)
    return options.make_dialect(messages, others);
  return make_dialect(options.protocol, options.names, options.clients, messages, others);
}

}  // namespace

Crowd::Crowd(ClientPool pool, const CrowdOptions& options, CrowdEvents& events)
    : options_(options),
      events_(events),
      pool_(std::move(pool)),
      dialect_(make(options, events, *this)),
      coming_back_(options.clients) {}

std::expected<Duration, std::string> Crowd::connect_up_to(std::uint32_t count, Progress& progress) {
  const Instant start = Clock::now();
  const auto connect = [this](ClientIndex client) { return pool_.connect(client); };
  if (const auto done = bring(connected_, count, "connected", progress, connect); !done)
    return std::unexpected(done.error());
  connected_ = count;
  return Clock::now() - start;
}

std::expected<void, std::string> Crowd::enter_room(const std::string& name, Progress& progress) {
  room_ = name;
  return enter_rooms([&](ClientIndex) { return name; }, progress);
}

std::expected<void, std::string> Crowd::enter_rooms(
    const std::function<std::string(ClientIndex)>& room_of, Progress& progress) {
  const auto enter = [&](ClientIndex client) -> std::expected<void, net::Failure> {
    dialect_->enter(client, room_of(client));
    return {};
  };
  if (const auto done = bring(entered_, connected_, "in the room", progress, enter); !done)
    return std::unexpected(done.error());
  entered_ = connected_;
  if (!room_is_new_)
    return std::unexpected("somebody else talks in the room that was to be made for this");
  return {};
}

template <class Start>
std::expected<void, std::string> Crowd::bring(ClientIndex first, ClientIndex end,
                                              std::string_view where, Progress& progress,
                                              Start start) {
  arrived_ = first;
  last_arrival_ = Clock::now();
  for (ClientIndex next = first; arrived_ < end;) {
    for (; next < end && next - arrived_ < options_.at_once; ++next)
      if (const auto begun = start(next); !begun)
        return std::unexpected(explain(begun.error()));
    if (arrived_ == end)
      return {};
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
  if (now - last_arrival_ > options_.patience)
    return std::unexpected(fmt::format("{}, then nothing happened for {} s", only_so_many(where),
                                       in_seconds(options_.patience)));
  if (progress.due(now))
    progress.show(now, only_so_many(where));
  return {};
}

std::string Crowd::only_so_many(std::string_view where) const {
  return fmt::format("{} of {} clients {}", arrived_, options_.clients, where);
}

std::expected<void, std::string> Crowd::poll(Duration longest) {
  if (const auto polled = pool_.poll(longest, *this); !polled)
    return std::unexpected(describe(polled.error()));
  return {};
}

void Crowd::leave_all() {
  for (ClientIndex client = 0; client < options_.clients; ++client) {
    dialect_->part(client);
    pool_.close(client);
  }
}

void Crowd::connected(ClientIndex client) {
  dialect_->greet(client);
  events_.greeting(client);
}

void Crowd::closed(ClientIndex client, const net::Failure& why) {
  dialect_->lose(client);
  if (!events_.has_lost_connection(client))
    troubles_.add(explain(why));
}

void Crowd::was_reset(ClientIndex client) {
  dialect_->lose(client);
  events_.was_reset(client);
}

void Crowd::reset(ClientIndex client, std::size_t still_sent) {
  pool_.reset(client, still_sent);
  dialect_->lose(client);
}

std::expected<void, std::string> Crowd::reconnect(ClientIndex client) {
  if (const auto begun = pool_.connect(client); !begun)
    return std::unexpected(explain(begun.error()));
  return {};
}

std::expected<void, std::string> Crowd::bring_back(ClientIndex client) {
  if (auto begun = reconnect(client); !begun)
    return begun;
  coming_back_[client] = true;
  return {};
}

void Crowd::welcomed(ClientIndex client) {
  if (coming_back_[client])
    dialect_->enter(client, room_);
  else
    ++arrived_;
}

void Crowd::parted(ClientIndex client) {
  pool_.close(client);
  events_.gone(client);
}

void Crowd::settled(ClientIndex client, Sequence next) {
  if (coming_back_[client]) {
    coming_back_[client] = false;
    return events_.back(client, next);
  }
  constexpr Sequence kFirstMessage{1};
  room_is_new_ = room_is_new_ && next == kFirstMessage;
  ++arrived_;
}

}  // namespace chat::bench
