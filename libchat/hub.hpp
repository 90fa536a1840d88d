// The one owner of users, sessions, rooms and memberships. It takes decoded requests, checks them,
// changes state and appends to rooms; what reactors are to do about it, it puts into their
// outboxes. It knows no socket, no thread and no clock.
//
// Single-threaded: in the server every call is made under one lock, which a reactor takes once per
// round, with a batch.
#pragma once

#include <absl/container/btree_map.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "libchat/connection_table.hpp"
#include "libchat/ledger.hpp"
#include "libchat/nickname_registry.hpp"
#include "libchat/outbox.hpp"
#include "libchat/protocol.hpp"
#include "libchat/room.hpp"
#include "libchat/room_readers.hpp"
#include "libchat/room_round.hpp"
#include "libchat/session.hpp"

namespace chat {

struct HubOptions {
  std::string server_name = "edgechat";
  std::string server_version;
  Epoch epoch;
  std::size_t reactors = 1;
  std::size_t room_retention_bytes = 4 * 1024 * 1024;
  std::size_t total_retention_bytes = 256 * 1024 * 1024;
  std::size_t max_rooms = 100'000;  // open rooms on the server
  std::uint16_t max_rooms_per_user = 64;
  std::uint16_t max_pairs_per_user = 1024;
};

// The connection has ended, or is about to and takes no more requests.
struct Departed {
  LeaveReason reason;
};

// The connection was behind what a log holds, and needs to hear again who is there.
struct SnapshotWanted {
  RoomId room;
};

// The connection has read to its end a pair that the other one has left.
struct PairRead {
  RoomId room;
};

using HubRequest = std::variant<protocol::Hello, protocol::Say, protocol::Whisper, protocol::Rename,
                                protocol::Join, protocol::Leave, protocol::ListRooms,
                                protocol::ListMembers, Departed, SnapshotWanted, PairRead>;

struct Request {
  ConnectionId from;
  HubRequest what;
};

struct Now {
  MonotonicTime monotonic;
  WallTime wall;
};

class Hub {
 public:
  // The ledger outlives the hub.
  Hub(HubOptions options, Ledger& ledger);

  // One entry of a reactor with what its connections asked for, in order. The requests are used up.
  // Outcomes go to the outboxes, also of other reactors.
  void enter(ReactorId reactor, std::span<Request> requests, Now now);

  // What is to be carried out by a reactor, in order. The reactor takes it by swapping.
  Outbox& outbox(ReactorId reactor) { return outboxes_[reactor.value]; }
  std::size_t reactors() const { return outboxes_.size(); }

  // When to enter next, with no request if there is none, for what is due by time alone.
  std::optional<MonotonicTime> next_deadline() const;

  std::size_t sessions() const { return sessions_.size(); }
  std::size_t rooms() const { return rooms_.size(); }
  std::size_t log_bytes() const { return budget_.used(); }

 private:
  struct PairSide {
    UserId user;
    SessionId session;
  };
  using PairKey = std::pair<UserId, UserId>;  // the lower one first

  // The two members of a pair, who began it first.
  struct Pair {
    PairSide from;
    PairSide to;
    // Once it has ended, until it is told so: who reads it to the end.
    const PairSide* last_reader = nullptr;

    PairKey key() const { return std::minmax(from.user, to.user); }
    const PairSide& other(UserId user) const { return from.user == user ? to : from; }
  };

  static constexpr std::uint32_t kUntouched = std::numeric_limits<std::uint32_t>::max();

  // There may be a hundred thousand pairs, most of them idle: what only a round needs of a room
  // stands in touched_.
  struct HeldRoom {
    HeldRoom(RoomId id, RoomKind kind, LogBudget& budget, std::size_t retention)
        : room(id, kind, budget, retention) {}

    Room room;
    RoomReaders readers;
    std::optional<RoomName> name;        // of an open room
    Pair pair{};                         // of a pair
    std::uint32_t accepted = 0;          // members by accepted state
    std::uint32_t uncommitted = 0;       // entries with the ledger
    std::uint32_t touched = kUntouched;  // where it is in touched_
  };

  // A room that this entry does something to, and what.
  struct TouchedRoom {
    HeldRoom* held;
    RoomRound round;
  };

  // Requests (hub_requests.cpp)
  void handle(ConnectionId from, const protocol::Hello& hello);
  void handle(SessionId id, Session& session, protocol::Say& say);
  void handle(SessionId id, Session& session, protocol::Whisper& whisper);
  void handle(SessionId id, Session& session, const protocol::Rename& rename);
  void handle(SessionId id, Session& session, const protocol::Join& join);
  void handle(SessionId id, Session& session, const protocol::Leave& leave);
  void handle(SessionId id, Session& session, const protocol::ListRooms& list);
  void handle(SessionId id, Session& session, const protocol::ListMembers& list);
  void handle(SessionId id, Session& session, const Departed& departed);
  void handle(SessionId id, Session& session, const SnapshotWanted& wanted);
  void handle(SessionId id, Session& session, const PairRead& read);
  void welcome(SessionId id, RequestId request);
  void accept_message(HeldRoom& held, AcceptedMessage message);

  // Sessions and rooms (hub_rooms.cpp)
  SessionId session_of(ConnectionId connection) const;
  void bind(ConnectionId connection, SessionId session);
  void enter_room(Session& session, HeldRoom& held, RequestId request);
  void open_to(Session& session, HeldRoom& held, RequestId request, std::string_view name);
  void leave_room(Session& session, RoomId room, LeaveReason reason);
  void end_pair(HeldRoom& held, UserId leaver);
  HeldRoom& open_room(const RoomName& name);
  HeldRoom& open_pair(PairSide from, PairSide to, RequestId request);
  HeldRoom& add_room(RoomKind kind);
  HeldRoom* find_room(RoomId room);
  HeldRoom* joined_room(const Session& session, RoomId room);
  void drop_if_empty(HeldRoom& held);

  // Rounds and publication (hub.cpp)
  void dispatch(Request& request);
  RoomRound& touch(HeldRoom& held);
  void finish_round();
  void submit_round();
  void publish_committed();
  void publish(BatchResult& result);
  void acknowledge(const AcceptedMessage& message, const Room& room, WallTime time);
  void announce_due_counts();
  void hand_out_heads();
  void hand_out_tails();
  void finish_ended_pair(HeldRoom& held);
  void release_ended_pair(const Session& reader, RoomId room);

  // Answers
  void refuse(ConnectionId connection, RequestId request, ErrorCode code,
              std::string_view sentence = {});
  void refuse_outsider(const Session& session, RequestId request, RoomId room);
  void send_snapshot(const Session& session, const Room& room);
  template <class Message>
  void send(ReactorId reactor, ConnectionId connection, const Message& message,
            bool may_wait = false);
  void send_bytes(ReactorId reactor, ConnectionId connection, const Bytes& frames, bool may_wait);
  void note(outbox::Notice::What what, const Session& session, std::string detail = {});

  HubOptions options_;
  Ledger& ledger_;
  LogBudget budget_;
  NicknameRegistry registry_;
  SessionTable<Session> sessions_;
  absl::btree_map<RoomId, std::unique_ptr<HeldRoom>> rooms_;
  std::map<RoomId, HeldRoom*> open_rooms_;                 // in the order in which they are listed
  std::unordered_map<RoomName, HeldRoom*> rooms_by_name_;  // open rooms
  absl::btree_map<PairKey, HeldRoom*> pairs_;
  std::vector<std::vector<SessionId>> bindings_;  // by reactor and connection slot
  std::vector<Outbox> outboxes_;
  std::vector<TouchedRoom> touched_;
  std::vector<RoomId> counts_due_;  // rooms that announce a count when its time has come
  HeldRoom* lobby_ = nullptr;
  std::uint64_t last_user_ = 0;
  std::uint32_t last_room_ = 0;
  ReactorId reactor_;  // whose entry this is
  Now now_{};
};

template <class Message>
void Hub::send(ReactorId reactor, ConnectionId connection, const Message& message, bool may_wait) {
  send_bytes(reactor, connection, protocol::encode(message), may_wait);
}

}  // namespace chat
