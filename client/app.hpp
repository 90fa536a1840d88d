// The main loop: terminal, connection and signals on one side, the model on the other.
#pragma once

#include <optional>

#include "client/connection.hpp"
#include "client/controller.hpp"
#include "client/model.hpp"
#include "client/options.hpp"
#include "client/signals.hpp"
#include "client/terminal.hpp"

namespace chat::client {

// One thread.
class App {
 public:
  App(const Options& options, Connection connection, Signals& signals, Terminal& terminal);

  // Until the user ends it.
  void run();
  const Model& model() const { return model_; }

 private:
  void wait();
  void handle_signals();
  void handle_keys();
  void handle_server();
  void connection_ended(std::string_view why);
  void send_outgoing();
  void draw();

  net::HostPort server_;
  Signals& signals_;
  Terminal& terminal_;
  std::optional<Connection> connection_;
  Model model_;
  Controller controller_;
};

}  // namespace chat::client
