#include "server/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <system_error>
#include <utility>

namespace chat::server {
namespace {

Now read_clocks() {
  using namespace std::chrono;
  const auto wall = duration_cast<milliseconds>(system_clock::now().time_since_epoch());
  return {steady_clock::now(), WallTime{wall.count()}};
}

// What an identity has said is known for so long, and it is known by the identity's number.
constexpr std::chrono::days kIdsAreKnown{7};

DurabilityClaim durability_of(const Options& options) {
  if (!options.store)
    return DurabilityClaim::none;
  return options.store->durability == store::Durability::power ? DurabilityClaim::power
                                                               : DurabilityClaim::process;
}

HubOptions hub_options(const Options& options, const Storage& storage) {
  HubOptions hub;
  hub.server_version = EDGECHAT_VERSION;
  hub.epoch = storage.epoch();
  hub.token_key = storage.token_key();
  hub.history = options.history;
  hub.durability = durability_of(options);
  hub.reactors = options.reactors;
  hub.room_retention_bytes = options.room_log_bytes;
  hub.total_retention_bytes = options.all_logs_bytes;
  hub.detached = options.detached;
  if (options.store)
    hub.identities_unseen = std::max(options.store->retention.guests, kIdsAreKnown);
  return hub;
}

// A reactor that fails takes the server with it: its connections cannot be served by another one.
void run_or_abort(Reactor& reactor, spdlog::logger& log) {
  try {
    reactor.run();
  } catch (const std::exception& failure) {
    log.critical("event=failed error={:?}", failure.what());
    std::_Exit(EXIT_FAILURE);
  }
}

}  // namespace

std::expected<std::vector<Listener>, net::Failure> open_listeners(const Options& options) {
  std::vector<Listener> listeners;
  for (const net::HostPort& where : options.listen) {
    const auto addresses = net::resolve(where, true);
    if (!addresses)
      return std::unexpected(addresses.error());
    for (const net::SocketAddress& address : *addresses) {
      auto listener = listen_on(address);
      if (!listener)
        return std::unexpected(listener.error());
      listeners.push_back(std::move(*listener));
    }
  }
  return listeners;
}

Server::Server(const Options& options, std::vector<Listener> listeners, Storage storage,
               std::size_t max_connections, std::shared_ptr<spdlog::logger> log)
    : log_(std::move(log)),
      listeners_(std::move(listeners)),
      storage_(std::move(storage)),
      hub_(hub_options(options, storage_), storage_.ledger(), storage_.state(), read_clocks()),
      arrivals_(options.reactors),
      admission_{.most = max_connections},
      shutdown_(options.reactors) {
  storage_.drop_state();
  for (std::size_t i = 0; i < options.reactors; ++i) {
    // The first one accepts for all.
    const auto accepts_from =
        std::span<const Listener>(listeners_).first(i == 0 ? listeners_.size() : 0);
    reactors_.push_back(std::make_unique<Reactor>(ReactorId{static_cast<std::uint16_t>(i)}, hub_,
                                                  accepts_from, arrivals_, admission_, shutdown_,
                                                  options.timeouts, storage_.archive(), *log_));
  }
}

Server::~Server() {
  stop();
}

std::expected<void, net::Failure> Server::start() {
  storage_.start(reactors_.size(), [this](ReactorId reactor) { hub_.wake(reactor); });
  for (const auto& reactor : reactors_) {
    try {
      threads_.emplace_back([this, &reactor = *reactor] { run_or_abort(reactor, *log_); });
    } catch (const std::system_error& failure) {
      return std::unexpected(net::Failure{
          failure.code().value(),
          fmt::format("starting reactor {} of {}", threads_.size() + 1, reactors_.size())});
    }
  }
  return {};
}

void Server::stop() {
  for (const auto& reactor : reactors_)
    reactor->stop();
  threads_.clear();
  hub_.keep_the_rest();
  storage_.finish();
}

}  // namespace chat::server
