#include "client/app.hpp"

#include <poll.h>
#include <sys/random.h>

#include <array>
#include <csignal>
#include <utility>

#include "client/layout.hpp"
#include "client/patience.hpp"
#include "client/view.hpp"

namespace chat::client {
namespace {

WallTime now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

MessageId random_id() {
  MessageId id{};
  // getrandom(2): up to 256 bytes come whole.
  [[maybe_unused]] const ssize_t size = ::getrandom(id.data(), id.size(), 0);
  return id;
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

App::App(const Options& options, Connection connection, Signals& signals, Terminal& terminal)
    : server_(options.server),
      signals_(signals),
      terminal_(terminal),
      connection_(std::move(connection)),
      model_(net::to_string(options.server), random_id),
      controller_(model_) {
  model_.start(options.nickname, now());
  controller_.model_changed();
}

void App::run() {
  while (model_.phase() != Phase::quitting) {
    send_outgoing();
    draw();
    wait();
  }
  draw();
  send_outgoing();
  if (connection_)
    connection_->finish(kGoodbyePatience);
}

void App::wait() {
  std::array<pollfd, 3> entries{{
      {signals_.fd(), POLLIN, 0},
      {terminal_.input(), POLLIN, 0},
      // poll(2) ignores negative descriptors.
      {connection_ ? connection_->fd() : -1, connection_ ? events_for(*connection_) : short{}, 0},
  }};
  ::poll(entries.data(), entries.size(), -1);
  if (entries[0].revents != 0)
    handle_signals();
  // Before the keys, so that a nickname does not go to a server that is already known to be gone.
  if (entries[2].revents != 0)
    handle_server();
  if (entries[1].revents != 0)
    handle_keys();
  // The terminal is gone.
  if ((entries[1].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
    model_.quit();
}

void App::handle_signals() {
  for (const int number : signals_.take()) {
    if (number == SIGWINCH)
      terminal_.resize();
    else
      model_.quit();
  }
}

void App::handle_keys() {
  for (const Key& key : terminal_.read_keys()) {
    if (key == Key(Control{'z'}))
      terminal_.suspend();
    else if (key == Key(Control{'l'}))
      terminal_.forget_picture();
    else
      controller_.press(key, layout_for(terminal_.size()).chat.size, now());
    if (model_.phase() == Phase::quitting)
      return;
  }
}

void App::handle_server() {
  connection_->flush();
  if (!connection_->wants_read())
    return;
  auto received = connection_->receive();
  for (const auto& message : received.messages)
    model_.receive(message, now());
  if (received.ended)
    connection_ended(*received.ended);
  controller_.model_changed();
}

void App::connection_ended(std::string_view why) {
  connection_.reset();
  model_.connection_lost(why, now());
}

void App::send_outgoing() {
  const auto messages = model_.take_outgoing();
  if (messages.empty() || (!connection_ && model_.phase() == Phase::quitting))
    return;
  if (!connection_) {
    // The server does not wait for ever for a nickname: a new one may need a new connection.
    // Opening it may take a while, with this on the screen.
    draw();
    auto opened = Connection::open(server_, kConnectPatience);
    if (!opened)
      return model_.connection_lost(net::describe(opened.error()), now());
    connection_ = std::move(*opened);
  }
  for (const auto& message : messages)
    connection_->send(message);
  connection_->flush();
}

void App::draw() {
  terminal_.draw(compose(model_, controller_, terminal_.size()));
}

}  // namespace chat::client
