// How a reactor stops, in step with the others; see Shutdown.
#include "server/reactor.hpp"

namespace chat::server {

void Reactor::stop_taking_requests() {
  acceptor_.stop();
  stage_ = Stage::winding_down;
}

// After the hub was entered.
void Reactor::advance_stop() {
  if (stage_ == Stage::winding_down) {
    stage_ = Stage::waiting;
    if (shutdown_.stop_serving())
      hub_.wake_all();
  }
  if (stage_ != Stage::waiting || !shutdown_.nobody_serves())
    return;
  hub_calls_ = true;
  enter_hub();
  // Else the ledger wakes somebody when it has come further.
  if (taken_back_ < submitted_)
    return;
  stage_ = Stage::leaving;
  hub_.wake_all();
  say_goodbye();
}

void Reactor::say_goodbye() {
  connections_.for_each([&](ConnectionId id, Connection& connection) {
    if (connection.state == State::open) {
      // Sessions that are kept can be taken up soon, from another process.
      connection.reason = archive_ != nullptr && connection.speaks_3 ? CloseReason::restarting
                                                                     : CloseReason::shutting_down;
      connection.liveness.ending(now_);
    } else if (connection.state != State::ending) {
      return;
    }
    // Nobody hears that all the others leave: the hub is not told.
    freeze(id, connection);
    set_reminder(id, connection);
    if (connection.readable)
      queue_input(id, connection);
  });
}

}  // namespace chat::server
