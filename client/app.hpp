// The main loop: terminal, connection and signals on one side, the model on the other.
#pragma once

#include <expected>
#include <memory>
#include <optional>

#include "client/connection.hpp"
#include "client/controller.hpp"
#include "client/hello_watch.hpp"
#include "client/model.hpp"
#include "client/options.hpp"
#include "client/reconnector.hpp"
#include "client/signals.hpp"
#include "client/state.hpp"
#include "client/terminal.hpp"
#include "net/failure.hpp"

namespace chat::client {

// One thread.
class App {
 public:
  App(const Options& options, Connection connection, std::unique_ptr<State> state, Signals& signals,
      Terminal& terminal);

  // Until the user ends it.
  void run();
  const Model& model() const { return model_; }

 private:
  void wait();
  void handle_signals();
  void handle_keys();
  void try_now();
  void handle_server();
  bool waits_for_welcome() const;
  void leave_silent_server();
  void seek_connection();
  void take_outcome(std::expected<Connection, net::Failure> outcome);
  int wait_milliseconds() const;
  void send_outgoing();
  void draw();

  Signals& signals_;
  Terminal& terminal_;
  std::optional<Connection> connection_;
  HelloWatch hello_watch_;
  Reconnector reconnector_;
  Model model_;
  Controller controller_;
};

}  // namespace chat::client
