// What may be said to whom: each client's frames are held to what PROTOCOL.md promises a connection
// (ClientView), to what was committed, and to what is known of sessions: who may take one up, and
// where it goes on.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "libchat/protocol.hpp"
#include "tests/fuzz/recording_ledger.hpp"
#include "tests/libchat/client_view.hpp"

namespace chat::fuzz {

// A session, as its user knows it.
struct Person {
  UserId user;
  Bytes token;
  IdentityId identity;
  IdentitySecret secret;
  test::ClientView view;        // as of the last connection, once it is lost
  struct Peer* peer = nullptr;  // the connection that it has
};

// A hello that was sent.
struct Claim {
  protocol::Hello hello;
  std::optional<std::size_t> person;  // whose session it may take up
  test::ClientView view;              // what that one knew then
};

// The client's end of a connection.
struct Peer {
  test::ClientView view;
  std::optional<std::size_t> person;  // since the welcome
  std::map<RequestId, Claim> hellos;
  std::set<RequestId> unanswered;
};

class SessionOracle {
 public:
  // The ledger outlives it.
  explicit SessionOracle(const RecordingLedger& truth) : truth_(truth) {}

  const std::vector<Person>& people() const { return people_; }
  // What the person knows by now.
  const test::ClientView& view_of(const Person& person) const {
    return person.peer != nullptr ? person.peer->view : person.view;
  }

  void sent(Peer& peer, RequestId request) { peer.unanswered.insert(request); }
  void sent_hello(Peer& peer, const protocol::Hello& hello);
  void received(Peer& peer, const protocol::ServerMessage& message);
  // A room's log has lost what is before this message.
  void dropped(RoomId room, Sequence before);
  // Nothing more is read of the connection.
  void lost(Peer& peer);

 private:
  void check(Peer& peer, const protocol::Welcome& m);
  void check(Peer& peer, const protocol::RoomOpened& m);
  void check(Peer& peer, const protocol::Acknowledged& m);
  void check(Peer& peer, const protocol::Posted& m);
  void check(Peer& peer, const protocol::Gap& m);
  template <class Message>
  void check(Peer&, const Message&) {}
  void begin_session(Peer& peer, const protocol::Hello& hello, const protocol::Welcome& m);
  void take_up_session(Peer& peer, const Claim& claim, const protocol::Welcome& m);
  std::optional<std::size_t> person_of(const protocol::Hello& hello) const;

  const RecordingLedger& truth_;
  std::vector<Person> people_;
  std::map<RoomId, std::set<UserId>> pairs_;
  std::map<RoomId, Sequence> dropped_before_;
};

}  // namespace chat::fuzz
