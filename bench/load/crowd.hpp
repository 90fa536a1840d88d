// The fake clients of a run: lets them all in, brings them into a room, and takes them out again.
// What they do there is the scenario's business.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "bench/load/client_index.hpp"
#include "bench/load/client_pool.hpp"
#include "bench/load/clock.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/troubles.hpp"
#include "bench/protocols/dialect.hpp"

namespace chat::bench {

// One thread. Errors are sentences, and final.
class Crowd final : private PoolEvents, private DialectEvents {
 public:
  // `patience` is how long to wait for a server that does nothing. The messages outlive the crowd.
  Crowd(ClientPool pool, std::uint32_t clients, Duration patience, MessageEvents& messages);
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Connects all and says hello for them, a bounded number at a time. Gives the time from the first
  // connect to the last welcome.
  std::expected<Duration, std::string> connect_all(Progress& progress);

  // Brings all into a room that is made for it, and in which nobody has talked yet.
  std::expected<void, std::string> enter_room(const std::string& name, Progress& progress);

  // The message `number` (from 0, ascending) of a client to its room. poll() sends it.
  void say(ClientIndex client, std::uint32_t number, std::string_view text) {
    dialect_.say(client, number, text);
  }

  // Waits for something to happen, and handles it.
  std::expected<void, std::string> poll(Duration longest);

  // Says goodbye for all, and closes.
  void leave_all();

  std::uint32_t connected() const { return pool_.open(); }
  const Troubles& troubles() const { return troubles_; }

 private:
  void connected(ClientIndex client) override { dialect_.greet(client); }
  std::size_t received(ClientIndex client, ByteView bytes, Instant at) override {
    return dialect_.take(client, bytes, at);
  }
  void closed(ClientIndex client, const net::Failure& why) override;

  void send(ClientIndex client, ByteView bytes) override { pool_.send(client, bytes); }
  void welcomed(ClientIndex) override { ++arrived_; }
  void settled(ClientIndex client, Sequence next) override;
  void trouble(std::string sentence) override { troubles_.add(std::move(sentence)); }

  // Calls `start` for all clients, a bounded number ahead of those that have arrived.
  template <class Start>
  std::expected<void, std::string> bring_all(std::string_view where, Progress& progress,
                                             Start start);
  std::expected<void, std::string> wait_for_arrival(std::string_view where, Progress& progress);
  std::string only_so_many(std::string_view where) const;

  std::uint32_t size_;
  Duration patience_;
  ClientPool pool_;
  Dialect dialect_;
  Troubles troubles_;
  std::uint32_t arrived_ = 0;  // where bring_all() brings them
  Instant last_arrival_{};
  bool room_is_new_ = true;
};

}  // namespace chat::bench
