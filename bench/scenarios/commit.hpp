// The scenario "commit": how fast a server acknowledges, and so keeps, what is said. Every sender
// waits for nothing else.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/commit_options.hpp"

namespace chat::bench {

struct CommitResult {
  Verdict verdict;
  Histogram syncs;  // of the disk, before it all
  std::uint64_t acknowledged = 0;
  Histogram acknowledgement;  // from when a message was said
  Histogram latency;          // of every delivery to a reader
  Duration acknowledging{};   // first message to last acknowledgement
  Duration delivering{};      // first message to last delivery
  Duration connecting{};      // first connect to last welcome
  Duration own_cpu{};         // of this tool, while delivering
  ServerUse server;           // the same of the server
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
};

// The first clients send, the others read. One thread; runs once.
class Commit final : private CrowdEvents {
 public:
  // The pool is for options.clients clients.
  Commit(const CommitOptions& options, ClientPool pool);
  Commit(const Commit&) = delete;
  Commit& operator=(const Commit&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<CommitResult, std::string> run();

 private:
  struct Sender {
    std::vector<Instant> said;  // by number of the message
    std::uint32_t acknowledged = 0;
    std::uint32_t seen = 0;  // by the reader of the room that watches
  };

  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  // Makes the rooms' oracles.
  void seat();
  Done let_in();
  Done talk();
  void say_more(ClientIndex sender);
  void note_seen(std::string_view text);

  std::uint32_t room_of(ClientIndex client) const;
  bool listens(ClientIndex client) const;
  // Which one of those who listen in its room.
  ClientIndex listener(ClientIndex client) const;
  bool watches(ClientIndex client) const { return client + options_.rooms >= options_.clients; }
  std::uint32_t senders_in(std::uint32_t room) const;
  std::uint64_t outstanding() const;
  void show_progress(Instant now, std::string_view doing);

  CommitOptions options_;
  Crowd crowd_;
  std::vector<SentCount> counts_;             // by sender, room after room
  std::vector<std::uint32_t> first_senders_;  // by room: where its senders stand among those
  std::vector<Oracle> oracles_;               // by room
  std::vector<Sender> senders_;
  std::vector<ClientIndex> by_mark_;  // senders, by what they call themselves in texts
  Progress progress_;
  Instant end_{};
  Instant last_acknowledgement_{};
  Instant last_delivery_{};
  CommitResult result_;
};

Report report_of(const CommitOptions& options, const CommitResult& result);

}  // namespace chat::bench
