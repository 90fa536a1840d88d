// The one owner of users, sessions, rooms and memberships. It takes decoded requests, checks them,
// changes state and appends to rooms; what reactors are to do about it, it puts into their
// outboxes. It knows no socket, no thread and no clock.
//
// Single-threaded: in the server every call is made under one lock, which a reactor takes once per
// round, with a batch.
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
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
#include "libchat/detached_sessions.hpp"
#include "libchat/dormant_rooms.hpp"
#include "libchat/durable_state.hpp"
#include "libchat/identity.hpp"
#include "libchat/identity_book.hpp"
#include "libchat/ledger.hpp"
#include "libchat/nickname_registry.hpp"
#include "libchat/outbox.hpp"
#include "libchat/protocol.hpp"
#include "libchat/read_positions.hpp"
#include "libchat/recent_messages.hpp"
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
  std::size_t max_rooms = 100'000;    // open rooms on the server
  std::size_t max_pairs = 1'000'000;  // those that have ended included, until they are read
  std::size_t max_kept = 2'000'000;   // rooms and pairs, those that nobody is in included
  std::uint16_t max_rooms_per_user = 64;
  std::uint16_t max_pairs_per_user = 1024;
  std::uint16_t history = 0;  // messages that a client is told to show of a room it enters
  // What clients are told that acknowledged messages survive; the ledger decides it.
  DurabilityClaim durability = DurabilityClaim::none;
  std::size_t fewest_remembered = RecentMessages::kFewest;  // messages of a session
  ReadLimits reads;
  DetachedLimits detached;
  // How long identities are known that have said or read something, where they outlive their
  // sessions.
  std::chrono::seconds identities_unseen = std::chrono::days(30);
  // Of these, those that have come in this process, and have read and said nothing.
  std::size_t most_readers = 100'000;
  // What was accepted and is not committed yet. Beyond it senders are not read.
  std::size_t most_uncommitted_bytes = 16 * 1024 * 1024;
  // Lists of members that a resumed session is sent at once, in bytes; the others follow one by
  // one.
  std::size_t lists_at_once_bytes = 64 * 1024;
  TokenMint::Key token_key{};  // random; whoever knows it can take up anybody's session
};

// The connection has ended, or is about to and takes no more requests. Unless it was meant, its
// session waits to be taken up again.
struct Departed {
  LeaveReason reason;
};

// The connection was behind what a log holds, or has taken a session up, and needs to hear who is
// there.
struct SnapshotWanted {
  RoomId room;
};

// The connection has read to its end a pair that the other one has left.
struct PairRead {
  RoomId room;
  LogPlace place;  // behind what it has read
};

using HubRequest =
    std::variant<protocol::Hello, protocol::Say, protocol::Whisper, protocol::Rename,
                 protocol::Join, protocol::Leave, protocol::ListRooms, protocol::ListMembers,
                 protocol::ReadHistory, protocol::Search, protocol::MarkRead, protocol::TellTyping,
                 protocol::SetAway, Departed, SnapshotWanted, PairRead>;

struct Request {
  ConnectionId from;
  HubRequest what;
  AddressKey address{};  // with a hello: where it came from
  Arrival arrival{};     // with a hello: when its connection came
};

struct Now {
  MonotonicTime monotonic;
  WallTime wall;
};

class Hub {
 public:
  // Whoever types does so for the others of a room at most so often.
  static constexpr std::chrono::seconds kTypingInterval{2};
  // So long the ledger is not told of what was read.
  static constexpr std::chrono::seconds kReadsKept{5};

  // The ledger outlives the hub. With what it has kept of an earlier process: sessions wait to be
  // taken up again from `now` on. What makes no sense in it is left out.
  Hub(HubOptions options, Ledger& ledger, const DurableState& state = {}, Now now = {});

  // One entry of a reactor with what its connections asked for, in order. The requests are used up.
  // Outcomes go to the outboxes, also of other reactors.
  void enter(ReactorId reactor, std::span<Request> requests, Now now);

  // What is to be carried out by a reactor, in order. The reactor takes it by swapping.
  Outbox& outbox(ReactorId reactor) { return outboxes_[reactor.value]; }
  std::size_t reactors() const { return outboxes_.size(); }

  // How many batches the ledger was given, and how many came back. All have when they are equal.
  std::uint64_t submitted() const { return submitted_; }
  std::uint64_t taken_back() const { return taken_back_; }

  // Tells the ledger what it was not told yet. Nothing is entered any more.
  void keep_the_rest();

  // When to enter next, with no request if there is none, for what is due by time alone.
  std::optional<MonotonicTime> next_deadline() const;

  std::size_t sessions() const { return sessions_.size(); }  // the detached ones included
  std::size_t detached_sessions() const { return detached_.size(); }
  std::size_t rooms() const { return rooms_.size(); }
  std::size_t log_bytes() const { return budget_.used(); }
  // Null when there is no such room. Valid until the next entry.
  const RoomLog* log(RoomId room) const;

 private:
  using Reads = absl::btree_set<std::pair<UserId, RoomId>>;

  struct PairSide {
    UserId user;
    SessionId session;
  };
  // The two members of a pair, who began it first.
  struct Pair {
    PairSide from;
    PairSide to;
    // Once it has ended, until it is told so: who reads it to the end.
    const PairSide* last_reader = nullptr;

    PairKey key() const { return std::minmax(from.user, to.user); }
    const PairSide& side_of(UserId user) const { return from.user == user ? from : to; }
    const PairSide& other(UserId user) const { return from.user == user ? to : from; }
  };

  static constexpr std::uint32_t kUntouched = std::numeric_limits<std::uint32_t>::max();

  // There may be a hundred thousand pairs, most of them idle: what only a round needs of a room
  // stands in touched_.
  struct HeldRoom {
    HeldRoom(RoomId id, RoomKind kind, LogBudget& budget, std::size_t retention, LogPlace begin)
        : room(id, kind, budget, retention, begin) {}

    Room room;
    RoomReaders readers;
    std::optional<RoomName> name;        // of an open room
    Pair pair{};                         // of a pair
    std::optional<Nickname> leaver;      // of a pair that has ended
    std::uint32_t accepted = 0;          // members by accepted state
    std::uint32_t uncommitted = 0;       // entries with the ledger
    std::uint32_t touched = kUntouched;  // where it is in touched_
  };

  // A room that this entry does something to, and what.
  struct TouchedRoom {
    HeldRoom* held;
    RoomRound round;
  };

  // What stands in the place of its session for a connection that was told to end: until it departs
  // it is not heard any more.
  static constexpr SessionId kClosed{std::numeric_limits<std::uint32_t>::max(), 1};

  // Requests (hub_requests.cpp)
  void handle(SessionId id, Session& session, protocol::Say& say);
  void handle(SessionId id, Session& session, protocol::Whisper& whisper);
  void handle(SessionId id, Session& session, const protocol::Rename& rename);
  void handle(SessionId id, Session& session, const protocol::Join& join);
  void handle(SessionId id, Session& session, const protocol::Leave& leave);
  void handle(SessionId id, Session& session, const protocol::ListRooms& list);
  void handle(SessionId id, Session& session, const protocol::ListMembers& list);
  void handle(SessionId id, Session& session, const protocol::ReadHistory& read);
  void handle(SessionId id, Session& session, const protocol::Search& search);
  void handle(SessionId id, Session& session, const protocol::MarkRead& mark);
  void handle(SessionId id, Session& session, const protocol::TellTyping& typing);
  void handle(SessionId id, Session& session, const protocol::SetAway& set);
  void handle(SessionId id, Session& session, const Departed& departed);
  void handle(SessionId id, Session& session, const SnapshotWanted& wanted);
  void handle(SessionId id, Session& session, const PairRead& read);
  std::size_t unread_pairs_of(UserId user, const Session& reader);
  bool was_whispered_to_another(const Session& session, const protocol::Whisper& whisper);
  bool answer_repeat(Session& session, RequestId request, const MessageId& id, std::uint64_t body);
  void wait_for_first(Session& session, RequestId request, const MessageId& id);
  void accept_message(HeldRoom& held, Session& session, AcceptedMessage message);
  void go_on(Session& session, HeldRoom& held, LogPlace place);
  bool is_kept_pair_of(UserId user, RoomId room);
  bool may_keep_another() const;

  // Sessions (hub_sessions.cpp)
  SessionId session_of(ConnectionId connection) const;
  void bind(ReactorId reactor, ConnectionId connection, SessionId session);
  bool is_closed(ConnectionId connection) const;
  // Precondition: no session has the connection, or it is about to have another one.
  void close(ReactorId reactor, ConnectionId connection, CloseReason reason);
  void hello(const Request& request, protocol::Hello& hello);
  void arrive(const Request& request, const protocol::Hello& hello);
  std::expected<SessionId, ErrorCode> former_session(const protocol::Hello& hello) const;
  UserId user_of(const protocol::Hello& hello);
  void remember(SessionId id, const protocol::Hello& hello);
  SessionId session_of_token(const protocol::Hello& hello) const;
  std::optional<ErrorCode> fault_of_reading(const Session& session, const protocol::Hello& hello);
  void resume(SessionId id, const Request& request, protocol::Hello& hello);
  void take_over(Session& session);
  bool is_reset(const protocol::Hello& hello) const;
  Sequence last_read(const protocol::Hello& hello, const protocol::LastRead* read,
                     Sequence next) const;
  void reopen_rooms(Session& session, const protocol::Hello& hello);
  void reopen(Session& session, const Membership& membership, const protocol::Hello& hello,
              std::size_t& list_bytes);
  std::string name_for(const Session& session, const HeldRoom& held) const;
  void welcome(SessionId id, const protocol::Hello& hello, bool resumed);
  void detach(SessionId id, Session& session);
  void end_session(SessionId id, LeaveReason reason);
  void forget_or_keep(const Session& session);
  void tend_detached();
  void tend_identities();
  std::size_t cost_of(SessionId id) const;

  // How people are there, and what they have seen (hub_presence.cpp)
  void announce(const Session& session, PresenceState state);
  bool is_known_lost(const Session& session) const;
  void announce_away(const Session& session, HeldRoom& held);
  void announce_back(const Session& session, HeldRoom& held);
  void note_reads(const ReadPositions::Places& changed);
  void keep_reads();
  void keep_reads_of(UserId user);
  std::pair<Reads::iterator, Reads::iterator> unkept_reads_of(UserId user);
  void tend_reads();
  void forget_user(UserId user);

  // Rooms and memberships (hub_rooms.cpp)
  void announce_anew(HeldRoom& held, const Session& session);
  void enter_room(Session& session, HeldRoom& held, RequestId request);
  void open_to(Session& session, HeldRoom& held, RequestId request, std::string_view name);
  void attach(Session& session, HeldRoom& held, LogPlace place);
  void release_reader(const Session& session, HeldRoom& held);
  void leave_room(Session& session, RoomId room, LeaveReason reason);
  void end_pair(HeldRoom& held, const Session& leaver);
  HeldRoom& open_room(const RoomName& name);
  HeldRoom& open_pair(PairSide from, PairSide to, RequestId request);
  HeldRoom& begin_pair(PairSide from, PairSide to, RequestId request);
  HeldRoom& revive_pair(HeldRoom& held, PairSide from, PairSide to, RequestId request);
  DormantRooms::Room new_room();
  HeldRoom& hold_room(const DormantRooms::Room& room, RoomKind kind);
  HeldRoom* find_room(RoomId room);
  HeldRoom* joined_room(const Session& session, RoomId room);
  void drop_if_empty(HeldRoom& held);
  void put_to_rest(const HeldRoom& held);
  void forget_room(RoomId room);

  // What outlives the process (hub_durable.cpp)
  struct Restoring;
  void restore(const DurableState& state);
  void restore(const KnownUser& known, Restoring& from);
  void restore(const KnownSession& known, Restoring& from);
  void restore(const KnownMembership& known, Restoring& from);
  void restore(const ReadPosition& read, const Restoring& from);
  HeldRoom* hold_restored(const DurableState::Room& room, UserId member, Restoring& from);
  void restore_pair(HeldRoom& held, const KnownRoom& known);
  void lay_to_rest(const DurableState::Room& room, Restoring& from);
  void keep(StateChange change);
  void keep_session(SessionId id, const Session& session, bool is_new = false);
  void keep_room(const HeldRoom& held, bool is_new = false);
  void keep_membership(const Session& session, const Membership& membership);

  // Rounds and publication (hub.cpp)
  void dispatch(Request& request);
  RoomRound& touch(HeldRoom& held);
  void finish_round();
  void submit_round();
  void publish_committed();
  void publish(BatchResult& result);
  void acknowledge(const AcceptedMessage& message, const Room& room, const SaidBefore& said);
  void answer_said_before(const AcceptedMessage& message, const Room& room);
  void refuse_unpublished(const AcceptedMessage& message, ErrorCode code, const std::string& why);
  std::vector<RequestId> waiting_for(const AcceptedMessage& message, Session& sender);
  void pass_on_notices();
  void announce_due_counts();
  void hand_out_heads();
  void hand_out_tails();
  void hold_back_senders();
  void finish_ended_pair(HeldRoom& held);
  void release_ended_pair(const Session& reader, RoomId room);

  // Answers
  void refuse(ConnectionId connection, RequestId request, ErrorCode code,
              std::string_view sentence = {});
  std::optional<Sequence> oldest_readable(const Session& session, RoomId room);
  void refuse_outsider(const Session& session, RequestId request, RoomId room);
  std::size_t send_snapshot(const Session& session, const Room& room);
  // Who is detached gets nothing: all of it can be asked for again, or comes with the rooms.
  template <class Message>
  void send(const Session& session, const Message& message, bool may_wait = false);
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
  // Of these, one of the two has left; only where rooms are kept.
  absl::btree_map<PairKey, HeldRoom*> ended_pairs_;
  DormantRooms dormant_;                          // only where rooms are kept
  std::vector<std::vector<SessionId>> bindings_;  // by reactor and connection slot
  IdentityBook identities_;
  ReadPositions reads_;
  Reads unkept_reads_;
  std::optional<MonotonicTime> reads_due_;  // when the ledger is told of them; none: there are none
  DetachedSessions detached_;
  TokenMint mint_;
  std::vector<Outbox> outboxes_;
  std::vector<TouchedRoom> touched_;
  std::vector<RoomId> counts_due_;  // rooms that announce a count when its time has come
  HeldRoom* lobby_ = nullptr;
  std::uint64_t last_user_ = 0;
  std::uint32_t last_room_ = 0;
  std::uint64_t submitted_ = 0;
  std::uint64_t taken_back_ = 0;
  std::size_t uncommitted_bytes_ = 0;
  std::size_t kept_bytes_ = 0;         // of these, changes that no batch was submitted with
  std::deque<std::size_t> kept_with_;  // and those with each batch that has not come back
  bool holds_back_ = false;            // as the reactors were told
  bool has_kept_ = false;              // changes that no batch has been submitted with
  ReactorId reactor_;                  // whose entry this is
  Now now_{};
  // What is the matter with the ledger, for those who come meanwhile.
  std::optional<protocol::Notice> standing_notice_;
};

template <class Message>
void Hub::send(const Session& session, const Message& message, bool may_wait) {
  if (!session.is_detached())
    send_bytes(session.reactor, session.connection, protocol::encode(message), may_wait);
}

}  // namespace chat
