// Clients who do nothing but search in a room, while other things happen in it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"

namespace chat::bench {

// What came of it.
struct SearchersResult {
  Histogram times;          // from a search to its answer
  std::uint64_t found = 0;  // messages
  Troubles troubles;
};

// In a thread of their own. Used by one thread.
class Searchers final : private CrowdEvents {
 public:
  // The pool is for as many clients, none of them connected yet. They look for what the room's
  // senders say, of whom there are `senders`.
  Searchers(ClientPool pool, std::uint32_t clients, std::uint32_t senders, Duration patience);
  Searchers(const Searchers&) = delete;
  Searchers& operator=(const Searchers&) = delete;

  // Brings them all into the room, in which nobody has talked yet.
  Done enter(const std::string& room);
  // They begin to read what comes. Precondition: entered.
  void start();
  // From now on each of them searches, and again as soon as it is answered; or none does any more.
  void set_searching(bool searching) { searching_ = searching; }
  // They leave. Precondition: started.
  std::expected<SearchersResult, std::string> stop();

 private:
  struct Searcher {
    Instant asked{};
    bool waits = false;  // for an answer
  };

  void posted(ClientIndex, Sequence, std::string_view, Instant) override {}
  void acknowledged(ClientIndex, std::uint32_t, Sequence) override {}
  void found(ClientIndex client, std::size_t hits, Instant at) override;

  Done search_until(const std::stop_token& stop);
  void search_all();

  std::uint32_t senders_;
  Crowd crowd_;                      // the thread's, while it runs
  std::vector<Searcher> searchers_;  // the thread's, while it runs
  std::uint32_t next_sender_ = 0;    // whose messages the next search is for
  Progress silent_{false};
  SearchersResult result_;
  std::atomic<bool> searching_ = false;
  Done done_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace chat::bench
