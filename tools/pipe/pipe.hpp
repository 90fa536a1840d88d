// The main loop of chat-pipe: standard input on one side, a room on the other.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "client/link.hpp"
#include "client/model.hpp"
#include "client/signals.hpp"
#include "tools/pipe/deliveries.hpp"
#include "tools/pipe/events.hpp"
#include "tools/pipe/input_lines.hpp"
#include "tools/pipe/options.hpp"
#include "tools/pipe/output.hpp"

namespace chat::pipe {

// One thread. The client's model keeps to the protocol: it takes sessions up, and says again what
// may not have arrived.
class Pipe final : private client::Link::Observer {
 public:
  // The signals must outlive this.
  Pipe(const Options& options, client::Signals& signals);

  // Until it ends, one way or another. The exit status.
  int run();

 private:
  using Clock = std::chrono::steady_clock;
  // How many messages may wait for the server: enough to keep it busy.
  static constexpr std::size_t kMostWaiting = 256;

  void received(const protocol::ServerMessage& message) override;
  void lost(std::string_view why) override;

  void look_at_chat();
  void enter_room();
  void leave_lobby();
  bool is_in_room() const;
  bool may_say() const;
  void say_input();
  void tell();
  void look_at_end();
  bool is_waiting() const;
  bool is_done() const;

  void wait();
  std::optional<std::chrono::milliseconds> patience() const;
  bool wants_input() const;
  void read_input();
  void handle_signals();

  void stop(int status);
  void end(int status, std::string_view sentence = {});
  int finish();

  Options options_;
  client::Signals& signals_;
  InputLines lines_;
  Output output_;
  Deliveries deliveries_;
  Events events_;
  client::Model model_;
  client::Link link_;
  bool asked_for_room_ = false;  // on this connection
  bool asked_to_leave_ = false;  // the lobby, on this connection
  bool was_in_room_ = false;
  std::uint64_t settled_ = 0;  // of the deliveries, when the patience began
  Clock::time_point patient_until_;
  std::string told_loss_;          // the last one, since there was a connection
  std::optional<int> stopped_;     // nothing more is read; the exit status if all goes well
  std::optional<int> end_status_;  // it ends now
  bool at_once_ = false;           // and waits for nobody
};

}  // namespace chat::pipe
