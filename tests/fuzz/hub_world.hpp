// The hub with simulated reactors, and clients whose bytes go through the server's frame decoder.
// Entering the hub and carrying out what it wants done are steps of their own, so others may enter
// in between. Whatever a client is sent, the oracle sees.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "libchat/frame.hpp"
#include "libchat/hub.hpp"
#include "tests/fuzz/recording_ledger.hpp"
#include "tests/fuzz/session_oracle.hpp"
#include "tests/libchat/simulated_reactor.hpp"

namespace chat::fuzz {

class HubWorld {
 public:
  using ClientNumber = std::size_t;

  // What happens is told to `trace`, if it is not null; it outlives the world.
  HubWorld(const HubOptions& options, std::ostream* trace);

  // --- clients; nothing happens where there is no such connection
  // ---------------------------------

  bool is_connected(ClientNumber client) const { return clients_.contains(client); }
  // In the place of the connection that it had.
  void connect(ClientNumber client, ReactorId reactor, AddressKey address);
  // Bytes come in, in any pieces. Requests get numbers of their own.
  void receive(ClientNumber client, ByteView bytes);
  void reset(ClientNumber client) { close(client, LeaveReason::lost); }
  // All that it can be sent now.
  void read(ClientNumber client);
  void read_all();
  // Null where there is no such connection.
  const Peer* peer(ClientNumber client) const;
  const SessionOracle& oracle() const { return oracle_; }

  // --- reactors, ledger and time
  // ------------------------------------------------------------------

  std::size_t reactors() const { return reactors_.size(); }
  void enter(ReactorId reactor);
  void carry_out(ReactorId reactor);
  // Both, and the client reads.
  void serve(ClientNumber client);
  void pass(std::chrono::milliseconds time) { now_ += time; }
  RecordingLedger& ledger() { return ledger_; }

  // Until nothing is left to do: then everybody was answered, and all agree.
  void settle();
  // Everybody goes: then nothing is left.
  void end();

 private:
  struct Client {
    ReactorId reactor;
    ConnectionId connection;
    ClientNumber number;
    AddressKey address;
    Arrival arrival;
    FrameDecoder decoder;
    Peer peer;
    std::uint32_t last_request = 0;
    std::optional<LeaveReason> ends;  // because of what it sent
  };
  struct Reactor {
    test::SimulatedReactor simulated;
    std::vector<Request> requests;
    Outbox outbox;  // taken from the hub, and not carried out
  };

  Reactor& reactor_of(const Client& client) { return reactors_[client.reactor.value]; }
  bool take_frame(Client& client, const Frame& frame);
  // `words` is called only where there is a trace.
  template <class Words>
  void tell(ClientNumber client, std::string_view what, Words words);
  void close(ClientNumber client, LeaveReason reason);
  bool is_idle();
  void run();
  void check_answers() const;
  void note_dropped();
  void check_read() const;
  void check_members() const;
  void check_memory() const;

  HubOptions options_;
  std::ostream* trace_;
  RecordingLedger ledger_;
  Hub hub_;
  std::vector<Reactor> reactors_;
  SessionOracle oracle_;
  // The oracle keeps pointers to them.
  std::map<ClientNumber, std::unique_ptr<Client>> clients_;
  Arrival last_arrival_;
  MonotonicTime now_{std::chrono::hours(1)};
};

}  // namespace chat::fuzz
