// Those who talk in the lobby while a client is measured.
#pragma once

#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/load/crowd.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/sender_turns.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/client_options.hpp"

namespace chat::bench {

// What they say are words in ASCII, as people write them: a terminal is told in short what is one
// character over and over. Used by one thread; while they flood the room, they do it in a thread of
// their own.
class ClientTalkers final : private CrowdEvents {
 public:
  // The pool is for options.senders clients.
  ClientTalkers(const ClientOptions& options, ClientPool pool);
  ClientTalkers(const ClientTalkers&) = delete;
  ClientTalkers& operator=(const ClientTalkers&) = delete;

  // Brings them all into the lobby, where nobody has talked yet.
  Done enter();
  // Each returns when all that was said is acknowledged; says so many messages as fast as it goes;
  // says one.
  Done fill(std::uint64_t messages);
  Done say(std::string_view text);
  // They say as much as options.rate until stop(), which returns when all of it is acknowledged,
  // and gives how much that was.
  void start();
  std::expected<std::uint64_t, std::string> stop();
  void leave() { crowd_.leave_all(); }

  const Troubles& troubles() const { return crowd_.troubles(); }

 private:
  void posted(ClientIndex, Sequence, std::string_view, Instant) override {}
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;
  // The one who looks on reads all that is said here; these need not be fast at it.
  bool missed(ClientIndex, Sequence, Sequence) override { return true; }

  void say_as(ClientIndex sender, std::string_view text);
  void say_something(ClientIndex sender);
  Done wait_for_acknowledgements();
  Done flood(const std::stop_token& stop);

  ClientOptions options_;
  Crowd crowd_;                         // the thread's, while it runs
  SenderTurns turns_;                   // the thread's, while it runs
  std::vector<std::uint32_t> numbers_;  // by sender: of its next message
  std::uint64_t acknowledged_ = 0;
  Progress progress_;
  Done flooded_;
  std::uint64_t said_before_ = 0;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace chat::bench
