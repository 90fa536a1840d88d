#include "client/app.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <utility>

#include "client/layout.hpp"
#include "client/patience.hpp"
#include "client/random.hpp"
#include "client/view.hpp"

namespace chat::client {
namespace {

using Clock = std::chrono::steady_clock;

WallTime now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

short events_for(const Connection& connection) {
  int events = 0;
  if (connection.wants_read())
    events |= POLLIN;
  if (connection.wants_write())
    events |= POLLOUT;
  return static_cast<short>(events);
}

}  // namespace

App::App(const Options& options, Connection connection, std::unique_ptr<State> state,
         Signals& signals, Terminal& terminal)
    : signals_(signals),
      terminal_(terminal),
      connection_(std::move(connection)),
      reconnector_(options.server, random_fraction),
      model_(net::to_string(options.server), random_id, std::move(state)),
      controller_(model_) {
  model_.start(options.nickname, now());
}

void App::run() {
  while (model_.phase() != Phase::quitting) {
    seek_connection();
    hello_watch_.waits(waits_for_welcome(), Clock::now());
    send_outgoing();
    controller_.model_changed();
    draw();
    wait();
  }
  draw();
  send_outgoing();
  if (connection_)
    connection_->finish(kGoodbyePatience, [this](const protocol::ServerMessage& message) {
      model_.receive(message, now());
    });
}

void App::wait() {
  std::array<pollfd, 4> entries{{
      {signals_.fd(), POLLIN, 0},
      {terminal_.input(), POLLIN, 0},
      // poll(2) ignores negative descriptors.
      {connection_ ? connection_->fd() : -1, connection_ ? events_for(*connection_) : short{}, 0},
      {reconnector_.fd(), POLLIN, 0},
  }};
  ::poll(entries.data(), entries.size(), wait_milliseconds());
  if (entries[0].revents != 0)
    handle_signals();
  // Before the keys, so that a nickname does not go to a server that is already known to be gone.
  if (entries[2].revents != 0)
    handle_server();
  // Not before it was looked whether an answer has come: one may have been suspended meanwhile.
  leave_silent_server();
  if (entries[1].revents != 0)
    handle_keys();
  // The terminal is gone.
  if ((entries[1].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
    model_.hang_up();
}

// -1: until something happens. The time to the next try stands on the screen, to the second.
int App::wait_milliseconds() const {
  constexpr std::chrono::milliseconds kPicture{1000};
  if (const auto left = hello_watch_.left(Clock::now()))
    return static_cast<int>(left->count());
  const auto wait = reconnector_.wait(Clock::now());
  return wait ? static_cast<int>(std::min(*wait, kPicture).count()) : -1;
}

bool App::waits_for_welcome() const {
  return connection_ && model_.phase() == Phase::greeting;
}

// It may be stopped, or its machine gone: another try may reach another one.
void App::leave_silent_server() {
  if (!waits_for_welcome() || !hello_watch_.is_over(Clock::now()))
    return;
  model_.take_hello_back();
  send_outgoing();
  connection_.reset();
  model_.connection_lost("The server does not answer.", now());
  if (hello_watch_.is_hurried())
    reconnector_.try_now();
}

// The server is tried for as long as something is to be said to it.
void App::seek_connection() {
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

void App::take_outcome(std::expected<Connection, net::Failure> outcome) {
  if (outcome) {
    connection_ = std::move(*outcome);
    // It may be there before anybody has seen that there was none.
    hello_watch_ = {};
    model_.connected(now());
  } else {
    model_.connection_lost(net::describe(outcome.error()) + ".", now());
    reconnector_.want(Clock::now());
  }
}

void App::handle_signals() {
  for (const int number : signals_.take()) {
    if (number == SIGWINCH)
      terminal_.resize();
    else
      model_.hang_up();
  }
}

void App::handle_keys() {
  for (const Key& key : terminal_.read_keys()) {
    if (key == Key(Control{'z'}))
      terminal_.suspend();
    else if (key == Key(Control{'l'}))
      terminal_.forget_picture();
    else if (key == Key(Control{'t'}))
      try_now();
    else
      controller_.press(key, layout_for(terminal_.size()).chat.size, now());
    if (model_.phase() == Phase::quitting)
      return;
  }
}

// Without a connection at once; a server that does not answer is left first.
void App::try_now() {
  hello_watch_.hurry();
  reconnector_.try_now();
}

void App::handle_server() {
  connection_->flush();
  if (!connection_->wants_read())
    return;
  auto received = connection_->receive();
  for (const auto& message : received.messages)
    model_.receive(message, now());
  if (received.ended) {
    connection_.reset();
    model_.connection_lost(*received.ended, now());
    if (model_.server_restarts())
      reconnector_.restarts(Clock::now());
  }
  if (model_.phase() == Phase::chatting)
    reconnector_.reached(Clock::now());
}

void App::send_outgoing() {
  if (!connection_)
    return;
  for (const auto& message : model_.take_outgoing())
    connection_->send(message);
  connection_->flush();
}

void App::draw() {
  terminal_.draw(compose(model_, controller_, terminal_.size()));
}

}  // namespace chat::client
