// The main loop without a screen: lines on one side, the model on the other.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "client/attention.hpp"
#include "client/connection.hpp"
#include "client/link.hpp"
#include "client/logging.hpp"
#include "client/model.hpp"
#include "client/options.hpp"
#include "client/signals.hpp"
#include "client/state.hpp"

namespace chat::client {

// Reads standard input and writes standard output, whatever they are; where that is a terminal, it
// is left as it is, so that its own editing of lines is what one has. One thread.
class Plain {
 public:
  // The signals must outlive this.
  Plain(const Options& options, Connection connection, std::unique_ptr<State> state,
        Signals& signals);

  // Until the user ends it.
  void run();
  const Model& model() const { return model_; }
  // The signal that ended it; 0: none did.
  int ended_by() const { return ended_by_; }

 private:
  // Longer ones are no lines that a person has entered.
  static constexpr std::size_t kMaxLine = 64 * 1024;

  void wait();
  bool wants_input() const;
  void handle_signals();
  void read_input();
  void take_lines();
  void enter(std::string_view line);
  void keep_nickname();
  void apply_settings();
  void call_attention();

  void tell();
  void tell_durability();
  void tell_place();
  void tell_news();
  void tell_findings();
  // A line that cannot do harm.
  void write(std::string_view line);
  void send(std::string_view text);

  Signals& signals_;
  bool times_;
  int ended_by_ = 0;
  Model model_;
  Link link_;
  Configuration configuration_;
  Logging logging_;
  Attention attention_;
  int applied_ = -1;      // which of the configuration's changes is in use
  bool is_nickname_new_;  // the user has been asked for it, and it is to be kept
  std::string input_;     // what was read and not entered yet
  bool is_over_ = false;  // there is no more input
  DurabilityClaim told_durability_ = DurabilityClaim::unsaid;
  std::string place_;  // the room in front, as it was told
  std::size_t told_hits_ = 0;
};

}  // namespace chat::client
