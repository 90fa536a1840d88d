#include "bench/scenarios/client_talkers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/load/pacing.hpp"

namespace chat::bench {
namespace {

// Of each sender, so many messages are under way while the lobby is filled.
constexpr std::uint32_t kWindow = 200;

constexpr std::string_view kProse =
    "Good morning! Who has the minutes of yesterday? I lost them on the train, together with my "
    "umbrella and half a sandwich; but Liz wrote down what matters. We meet at nine, in the room "
    "behind the kitchen, and whoever comes late brings the coffee. The build is broken again since "
    "last night, which is nobody's fault, only the new compiler's. Has anybody looked at the "
    "disk? ";

// As much as is wanted of the prose, over and over, from another place each time.
std::string some_words(std::uint64_t number, std::size_t bytes) {
  constexpr std::size_t kStep = 37;
  std::string text;
  for (std::size_t at = number * kStep % kProse.size(); text.size() < bytes; at = 0)
    text += kProse.substr(at, bytes - text.size());
  return text;
}

}  // namespace

ClientTalkers::ClientTalkers(const ClientOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool),
             {.clients = options.senders, .patience = options.patience, .names = run_name("t")},
             *this),
      turns_(options.senders, kWindow),
      numbers_(options.senders) {}

Done ClientTalkers::enter() {
  if (const auto connecting = crowd_.connect_all(progress_); !connecting)
    return std::unexpected(connecting.error());
  return crowd_.enter_room(std::string(kLobbyName), progress_);
}

Done ClientTalkers::fill(std::uint64_t messages) {
  const std::uint64_t all = turns_.said() + messages;
  const auto outstanding = [&] { return all - acknowledged_; };
  const auto waiting = [&](Instant now) {
    while (turns_.said() < all) {
      const auto sender = turns_.next();
      if (!sender)
        break;
      say_something(*sender);
    }
    if (progress_.due(now))
      progress_.show(now, fmt::format("filling the lobby: {} to come", outstanding()));
  };
  waiting(Clock::now());
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;
  return wait_for_acknowledgements();
}

Done ClientTalkers::say(std::string_view text) {
  say_as(0, text);
  return wait_for_acknowledgements();
}

void ClientTalkers::start() {
  said_before_ = turns_.said();
  thread_ = std::jthread([this](const std::stop_token& stop) { flooded_ = flood(stop); });
}

std::expected<std::uint64_t, std::string> ClientTalkers::stop() {
  thread_.request_stop();
  thread_.join();
  if (!flooded_)
    return std::unexpected(flooded_.error());
  return turns_.said() - said_before_;
}

Done ClientTalkers::flood(const std::stop_token& stop) {
  const Pacing pacing(OpenLoop{options_.rate}, Clock::now());
  while (!stop.stop_requested() && crowd_.connected() > 0) {
    const Instant now = Clock::now();
    while (pacing.due(now, turns_.said() - said_before_, 0))
      say_something(static_cast<ClientIndex>(turns_.said() % options_.senders));
    const Duration pause = pacing.pause(now, turns_.said() - said_before_, kLongestPoll);
    if (auto polled = crowd_.poll(pause); !polled)
      return polled;
  }
  return wait_for_acknowledgements();
}

void ClientTalkers::acknowledged(ClientIndex client, std::uint32_t, Sequence) {
  turns_.acknowledged(client);
  ++acknowledged_;
}

void ClientTalkers::say_as(ClientIndex sender, std::string_view text) {
  crowd_.say(sender, numbers_[sender]++, text);
  turns_.said(sender);
}

void ClientTalkers::say_something(ClientIndex sender) {
  say_as(sender, some_words(turns_.said(), options_.text_bytes));
}

Done ClientTalkers::wait_for_acknowledgements() {
  const auto outstanding = [this] { return turns_.said() - acknowledged_; };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, [](Instant) {}); !done)
    return done;
  if (outstanding() > 0)
    return std::unexpected(fmt::format("{} messages were not acknowledged", outstanding()));
  return {};
}

}  // namespace chat::bench
