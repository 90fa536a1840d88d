// Scripts for the hub: named clients send requests, and what each receives is read as words.
//
//   HubScript s;
//   s.hello("lisa");
//   s.say("lisa", kLobby, "hi");
//   CHECK(s.heard("lisa") == Words{"acknowledged 2 room 1 #1", "posted room 1 #1 lisa: hi"});
//
// The clients' connections belong to simulated reactors. A request waits until its reactor's next
// round; run() makes rounds until nothing is left to do, and reading a client's words runs first.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libchat/hub.hpp"
#include "tests/libchat/scripted_ledger.hpp"
#include "tests/libchat/simulated_reactor.hpp"

namespace chat::test {

using Words = std::vector<std::string>;

inline constexpr RoomId kLobby{1};

// What a client hears, in a few words that leave out times, ids and sentences.
std::string in_words(const protocol::ServerMessage& message);

class HubScript {
 public:
  // Sessions do not outlive their connection, unless `detached` says so.
  explicit HubScript(HubOptions options = {}, const DetachedLimits& detached = {.grace = {}});
  // Over a ledger whose commits outlive it, and the hub.
  HubScript(KeptStore& store, HubOptions options, const DetachedLimits& detached);

  // The process is killed: what is not committed is lost, and so are all connections. Another one
  // takes up what the store has. Precondition: there is a store.
  void restart();

  // --- clients: each request has the number that follows the client's last one -----------------

  void connect(const std::string& client, ReactorId reactor = {}, AddressKey address = {});
  // Connects first, if there is no connection of this client.
  void hello(const std::string& client, ReactorId reactor = {});
  void say(const std::string& client, RoomId room, const std::string& text);
  void whisper(const std::string& client, const std::string& to, const std::string& text,
               UserId user = {});
  void rename(const std::string& client, const std::string& to);
  void join(const std::string& client, const std::string& room);
  void leave(const std::string& client, RoomId room);
  // The connection ends: the reactor drops it at once, and tells the hub in its next round.
  void depart(const std::string& client, LeaveReason reason = LeaveReason::lost);
  // Any request; its number is set.
  template <class What>
  void send(const std::string& client, What what) {
    what.request = next_request(client);
    queue(client, what);
  }

  // --- time and rounds ---------------------------------------------------------------------------

  // One entry of the reactor into the hub with all that waits for it, and its outbox carried out.
  void round(ReactorId reactor = {});
  // Rounds of every reactor until no request waits and no outbox has anything in it.
  void run();
  void advance(std::chrono::milliseconds by) {
    now_ += by;
    wall_.milliseconds += by.count();
  }

  // --- what clients hear -------------------------------------------------------------------------

  // Runs, then reads all that the client can be sent. Its bytes must be whole frames.
  std::vector<protocol::ServerMessage> frames(const std::string& client);
  Bytes bytes(const std::string& client);
  Words heard(const std::string& client);
  // The same, without running first.
  Words heard_so_far(const std::string& client);
  Bytes bytes_so_far(const std::string& client);
  // Reads and forgets, for everybody.
  void forget();
  std::optional<CloseReason> closing(const std::string& client);

  Hub& hub() { return *hub_; }
  ScriptedLedger& ledger() { return *ledger_; }
  HubOptions& options() { return options_; }  // for the next process
  SimulatedReactor& reactor(ReactorId id) { return reactors_[id.value]; }
  MonotonicTime now() const { return now_; }

 private:
  struct Client {
    ReactorId reactor;
    ConnectionId connection;
    AddressKey address;
    Arrival arrival;
    std::uint32_t last_request = 0;
  };

  RequestId next_request(const std::string& client);
  void queue(const std::string& client, HubRequest what);
  bool is_idle();
  Now clocks() const { return {now_, wall_}; }

  KeptStore* store_ = nullptr;
  HubOptions options_;
  std::optional<ScriptedLedger> ledger_;
  std::optional<Hub> hub_;
  std::vector<SimulatedReactor> reactors_;
  std::vector<std::vector<Request>> waiting_;  // by reactor
  std::map<std::string, Client> clients_;
  std::uint64_t arrivals_ = 0;
  MonotonicTime now_{std::chrono::hours(1)};
  WallTime wall_{1'700'000'000'000};
};

// The frames in bytes that end with a whole one.
std::vector<protocol::ServerMessage> decode_all(ByteView bytes);

}  // namespace chat::test

template <>
struct doctest::StringMaker<chat::test::Words> {
  static doctest::String convert(const chat::test::Words& all) {
    std::string text;
    for (const std::string& words : all)
      text += "\n    " + words;
    return text.c_str();
  }
};
