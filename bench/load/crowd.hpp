// The fake clients of a run: lets them all in, brings them into a room, and takes them out again.
// What they do there is the scenario's business.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/client_index.hpp"
#include "bench/load/client_pool.hpp"
#include "bench/load/clock.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/run_name.hpp"
#include "bench/load/troubles.hpp"
#include "bench/protocols/dialect.hpp"

namespace chat::bench {

using DialectMaker = std::function<std::unique_ptr<Dialect>(MessageEvents&, DialectEvents&)>;

struct CrowdOptions {
  std::uint32_t clients = 0;
  Duration patience{};  // how long to wait for a server that does nothing
  // So many are let in at a time: enough to keep a server busy, few enough for any listening queue
  // (a connection that does not fit into it is tried again by the kernel only after a second).
  std::uint32_t at_once = 128;
  Protocol protocol = Protocol::edgechat;
  DialectMaker make_dialect = {};         // of a protocol that only one scenario speaks, instead
  std::string names = run_name("bench");  // what theirs begin with, for crowds to differ
};

// Told of the messages, and of who comes back and goes. Those who are brought in together are not
// spoken of.
class CrowdEvents : public MessageEvents {
 public:
  // Is in the room, after bring_back().
  virtual void back(ClientIndex, Sequence /*next*/) {}
  // Has gone, after part().
  virtual void gone(ClientIndex) {}
  // Has connected and says hello; poll() sends it.
  virtual void greeting(ClientIndex) {}
  // Its connection was reset, as reset_after() had asked for.
  virtual void was_reset(ClientIndex) {}
  // Its connection ended, or was not made, and nobody here had asked for that. False when that is
  // trouble.
  virtual bool has_lost_connection(ClientIndex) { return false; }

 protected:
  ~CrowdEvents() = default;
};

// One thread. Errors are sentences, and final.
class Crowd final : private PoolEvents, private DialectEvents {
 public:
  // The pool is for as many clients, none of them connected yet. The events outlive the crowd.
  Crowd(ClientPool pool, const CrowdOptions& options, CrowdEvents& events);
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Connects all and says hello for them, a bounded number at a time. Gives the time from the first
  // connect to the last welcome.
  std::expected<Duration, std::string> connect_all(Progress& progress) {
    return connect_up_to(options_.clients, progress);
  }
  // The same with those of the first `count` who have not come in yet.
  std::expected<Duration, std::string> connect_up_to(std::uint32_t count, Progress& progress);

  // Brings those who came in into a room that is made for it, and in which nobody has talked yet.
  std::expected<void, std::string> enter_room(const std::string& name, Progress& progress);

  // Brings everybody who came in into their own room, whose name is asked for. To begin with,
  // nobody may have talked in any of them.
  std::expected<void, std::string> enter_rooms(
      const std::function<std::string(ClientIndex)>& room_of, Progress& progress);

  // The message `number` (from 0, ascending) of a client to its room. poll() sends it.
  void say(ClientIndex client, std::uint32_t number, std::string_view text) {
    dialect_->say(client, number, text);
  }

  // A whisper, which is counted with what the client says.
  void whisper(ClientIndex from, ClientIndex to, std::uint32_t number, std::string_view text) {
    dialect_->whisper(from, to, number, text);
  }

  // A search; found() follows.
  void search(ClientIndex client, std::string_view word) { dialect_->search(client, word); }

  // Says goodbye for one; gone() follows.
  void part(ClientIndex client) { dialect_->part(client); }
  // Lets one in again who has gone, and brings it into the room; back() follows.
  std::expected<void, std::string> bring_back(ClientIndex client);

  // Closes a client's connection without a word.
  void drop(ClientIndex client) {
    pool_.close(client);
    dialect_->lose(client);
  }

  // Breaks a client's connection (ClientPool::reset); reconnect() makes another one.
  void reset(ClientIndex client, std::size_t still_sent);
  // The same when so many more bytes have come; was_reset() follows.
  void reset_after(ClientIndex client, std::size_t received) {
    pool_.reset_after(client, received);
  }
  // Is connected, or connecting.
  bool is_open(ClientIndex client) const { return pool_.is_open(client); }
  // Bytes that wait for poll() to send them.
  std::size_t queued(ClientIndex client) const { return pool_.queued(client); }
  // Begins to connect one again whose connection was reset, and who says hello then. What follows
  // is the dialect's business. Precondition: this is not called from an event of the same client.
  std::expected<void, std::string> reconnect(ClientIndex client);
  // Where those who connect from now on find the server.
  void move_to(const net::SocketAddress& server) { pool_.move_to(server); }

  // Until it reads on, a client does not; what comes fills the kernel's buffers.
  void stop_reading(ClientIndex client) { pool_.stop_reading(client); }
  void read_on(ClientIndex client) { pool_.read_on(client); }

  // Waits for something to happen, and handles it.
  std::expected<void, std::string> poll(Duration longest);

  // Says goodbye for all, and closes.
  void leave_all();

  std::uint32_t connected() const { return pool_.open(); }
  // How many have come to where they were last brought, or were there before.
  std::uint32_t arrived() const { return arrived_; }
  const Troubles& troubles() const { return troubles_; }

 private:
  void connected(ClientIndex client) override;
  std::size_t received(ClientIndex client, ByteView bytes, Instant at) override {
    return dialect_->take(client, bytes, at);
  }
  void closed(ClientIndex client, const net::Failure& why) override;
  void was_reset(ClientIndex client) override;

  void send(ClientIndex client, ByteView bytes) override { pool_.send(client, bytes); }
  void welcomed(ClientIndex client) override;
  void settled(ClientIndex client, Sequence next) override;
  void parted(ClientIndex client) override;
  void trouble(std::string sentence) override { troubles_.add(std::move(sentence)); }

  // Calls `start` for the clients from `first` to `end`, a bounded number ahead of those that have
  // arrived.
  template <class Start>
  std::expected<void, std::string> bring(ClientIndex first, ClientIndex end, std::string_view where,
                                         Progress& progress, Start start);
  std::expected<void, std::string> wait_for_arrival(std::string_view where, Progress& progress);
  std::string only_so_many(std::string_view where) const;

  CrowdOptions options_;
  CrowdEvents& events_;
  ClientPool pool_;
  std::unique_ptr<Dialect> dialect_;
  Troubles troubles_;
  ClientIndex connected_ = 0;  // those before it came in
  ClientIndex entered_ = 0;    // those before it came into the room
  std::string room_;
  std::vector<bool> coming_back_;
  std::uint32_t arrived_ = 0;  // where bring() brings them
  Instant last_arrival_{};
  bool room_is_new_ = true;
};

}  // namespace chat::bench
