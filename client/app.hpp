// The main loop: terminal, connection and signals on one side, the model on the other.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "client/attention.hpp"
#include "client/connection.hpp"
#include "client/controller.hpp"
#include "client/external_editor.hpp"
#include "client/frame_pacer.hpp"
#include "client/link.hpp"
#include "client/logging.hpp"
#include "client/model.hpp"
#include "client/options.hpp"
#include "client/signals.hpp"
#include "client/state.hpp"
#include "client/terminal.hpp"

namespace chat::client {

// One thread.
class App {
 public:
  App(const Options& options, Connection connection, std::unique_ptr<State> state, Signals& signals,
      Terminal& terminal);

  // Until the user ends it.
  void run();
  const Model& model() const { return model_; }
  // The signal that ended it; 0: none did.
  int ended_by() const { return ended_by_; }

 private:
  void wait();
  void handle_signals();
  void stop(void (Signals::*how)());
  void end_by(int signal);
  void handle_keys();
  void edit_elsewhere();
  void take_back();
  void press(const Key& key);
  void fulfil(Wish wish);
  int wait_milliseconds() const;
  void use_mouse(bool wanted);
  void keep_drafts_when_due();
  void call_attention();
  void write_log();
  void keep_nickname();
  void apply_settings();
  void show_when_due();
  void show();

  Signals& signals_;
  Terminal& terminal_;
  int ended_by_ = 0;
  Model model_;
  Link link_;
  Controller controller_;
  Attention attention_;
  Logging logging_;
  int applied_ = -1;              // which of the configuration's changes is in use
  bool is_nickname_new_ = false;  // the user has been asked for it, and it is to be kept
  FramePacer pacer_;
  std::optional<std::chrono::steady_clock::time_point> keep_drafts_at_;
  bool uses_mouse_ = false;
  bool set_mouse_ = false;                // as it is set, whatever a key has done since
  std::optional<ExternalEditor> editor_;  // while the terminal is its
};

}  // namespace chat::client
