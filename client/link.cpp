#include "client/link.hpp"

#include <algorithm>
#include <utility>

#include "client/patience.hpp"
#include "client/random.hpp"

namespace chat::client {
namespace {

using Clock = std::chrono::steady_clock;

short events_for(const Connection& connection) {
  int events = 0;
  if (connection.wants_read())
    events |= POLLIN;
  if (connection.wants_write())
    events |= POLLOUT;
  return static_cast<short>(events);
}

}  // namespace

WallTime wall_time() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

Link::Link(net::HostPort server, Model& model, std::optional<Connection> connection,
           Observer* observer)
    : model_(model),
      observer_(observer),
      connection_(std::move(connection)),
      reconnector_(std::move(server), random_fraction) {}

void Link::step() {
  seek_connection();
  watch_server();
  send_outgoing();
}

std::array<pollfd, Link::kPolled> Link::to_poll() const {
  return {{
      {connection_ ? connection_->fd() : -1, connection_ ? events_for(*connection_) : short{}, 0},
      {reconnector_.fd(), POLLIN, 0},
  }};
}

std::optional<std::chrono::milliseconds> Link::wait() const {
  if (connection_)
    return watch_.left(Clock::now());
  return reconnector_.wait(Clock::now());
}

void Link::polled(std::span<const pollfd, kPolled> entries) {
  if (entries[0].revents != 0)
    handle_server();
  // Not before it was looked whether an answer has come: one may have been suspended meanwhile.
  leave_silent_server();
}

void Link::try_now() {
  if (connection_ && model_.phase() == Phase::chatting)
    ask_server();
  watch_.hurry();
  reconnector_.try_now();
}

void Link::finish() {
  send_outgoing();
  if (connection_)
    connection_->finish(kGoodbyePatience,
                        [this](const protocol::ServerMessage& message) { receive(message); });
}

bool Link::is_greeting() const {
  return connection_ && model_.phase() == Phase::greeting;
}

void Link::watch_server() {
  const auto now = Clock::now();
  if (is_greeting())
    watch_.asked(now);
  else if (connection_ && watch_.is_quiet(now))
    ask_server();
}

void Link::ask_server() {
  if (!watch_.is_waiting())
    connection_->send(protocol::Ping{});
  watch_.asked(Clock::now());
}

// Before it has answered the hello nothing else counts, and while a nickname is asked for it need
// not say anything.
void Link::note_answers(std::size_t messages) {
  if (messages == 0 || is_greeting())
    return;
  if (model_.phase() == Phase::chatting)
    watch_.heard(Clock::now());
  else
    watch_ = {};
}

// It may be stopped, or its machine gone: another try may reach another one.
void Link::leave_silent_server() {
  if (!connection_ || !watch_.is_over(Clock::now()))
    return;
  if (is_greeting())
    model_.take_hello_back();
  send_outgoing();
  const bool is_hurried = watch_.is_hurried();
  connection_.reset();
  connection_lost("The server does not answer.");
  if (is_hurried)
    reconnector_.try_now();
}

// The server is tried for as long as something is to be said to it.
void Link::seek_connection() {
  if (connection_ || !model_.wants_connection())
    return reconnector_.stop();
  // A new nickname was entered, and the server has not waited for it.
  if (model_.phase() == Phase::greeting)
    reconnector_.try_now();
  reconnector_.want(Clock::now());
  if (auto outcome = reconnector_.step(Clock::now()))
    take_outcome(std::move(*outcome));
  const auto wait = reconnector_.wait(Clock::now());
  model_.next_try_in(wait ? std::optional(std::chrono::ceil<std::chrono::seconds>(*wait))
                          : std::nullopt);
}

void Link::take_outcome(std::expected<Connection, net::Failure> outcome) {
  if (outcome) {
    connection_ = std::move(*outcome);
    watch_ = {};
    model_.connected(wall_time());
  } else {
    connection_lost(net::describe(outcome.error()) + ".");
    reconnector_.want(Clock::now());
  }
}

void Link::handle_server() {
  connection_->flush();
  if (!connection_->wants_read())
    return;
  const auto received = connection_->receive();
  std::ranges::for_each(received.messages, [this](const auto& message) { receive(message); });
  note_answers(received.messages.size());
  if (received.ended) {
    connection_.reset();
    connection_lost(*received.ended);
    if (model_.server_restarts())
      reconnector_.restarts(Clock::now());
  }
  if (model_.phase() == Phase::chatting)
    reconnector_.reached(Clock::now());
}

void Link::receive(const protocol::ServerMessage& message) {
  if (observer_ != nullptr)
    observer_->received(message);
  model_.receive(message, wall_time());
}

void Link::connection_lost(std::string_view why) {
  if (observer_ != nullptr)
    observer_->lost(why);
  model_.connection_lost(why, wall_time());
}

void Link::send_outgoing() {
  if (!connection_)
    return;
  for (const auto& message : model_.take_outgoing())
    connection_->send(message);
  connection_->flush();
}

}  // namespace chat::client
