// What the hub has accepted for a room's log, and the ledger that commits it. Messages and presence
// pass through one queue, so that both keep the hub's order however long committing takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "libchat/connection_table.hpp"
#include "libchat/durable_state.hpp"
#include "libchat/ids.hpp"
#include "libchat/member_list.hpp"
#include "libchat/protocol.hpp"
#include "libchat/vocabulary.hpp"

namespace chat {

// Where the first message stands that its sender has said under an id.
struct SaidBefore {
  std::uint64_t body;
  RoomId room;
  Sequence sequence;
  WallTime time;
};

struct AcceptedMessage {
  SessionId sender;
  ReactorId reactor;        // with the next two: who gets the acknowledgement, unless the
  ConnectionId connection;  // sender is here through another connection by then
  RequestId request;
  MessageId id{};
  Member from;  // named as at acceptance
  MessageKind kind = MessageKind::text;
  std::string text;
  // A hash of what is said and to whom, the same in every process: the same id with another body is
  // a mistake.
  std::uint64_t body = 0;

  // Given by the ledger: a number; or the sender has said it before, as far as the ledger knows,
  // and then it is not said again.
  Sequence sequence{};
  std::optional<SaidBefore> said_before{};
};

struct AcceptedJoins {
  std::vector<Member> members;
};

struct AcceptedLeaves {
  struct Leaver {
    Member member;
    LeaveReason reason;
    bool was_lost = false;  // the room was told that its connection broke
  };
  std::vector<Leaver> leavers;
};

struct AcceptedRename {
  UserId user;
  Nickname before;
  Nickname after;
};

struct AcceptedStates {
  struct Change {
    Member member;
    PresenceState state;
  };
  std::vector<Change> changes;
};

struct AcceptedTyping {
  Member member;
};

struct AcceptedAway {
  Member member;
  bool is_away;
  std::string sentence;
};

using Accepted = std::variant<AcceptedMessage, AcceptedJoins, AcceptedLeaves, AcceptedRename,
                              AcceptedStates, AcceptedTyping, AcceptedAway>;

struct Entry {
  RoomId room;
  WallTime time;
  Accepted what;
};

// Entries in the order in which the hub accepted them.
using Batch = std::vector<Entry>;

struct BatchResult {
  Batch entries;
  bool committed;     // otherwise no message of the batch has a number, and none may be published
  std::string why{};  // not, in a sentence for its senders; empty: nothing more to be said
};

// Called by the hub alone, under its lock. Presence is passed through and not stored.
class Ledger {
 public:
  virtual ~Ledger() = default;

  // Takes a batch to commit. A room's entries are committed, and come back, in the order of
  // submission.
  virtual void submit(Batch batch) = 0;

  // A batch that is done and was not taken yet, its messages numbered densely per room.
  virtual std::optional<BatchResult> take() = 0;

  // The room is gone and its number will not be used again.
  virtual void forget(RoomId room) = 0;

  // Whether what is committed outlives the process. Only then it is told of changes, and rooms that
  // everybody has left are kept.
  virtual bool is_durable() const { return false; }

  // A change of state, which is committed with the batch that is submitted next, or before it; when
  // that fails, with the next that does not.
  virtual void keep(StateChange) {}

  // Something about it that everybody is to be told, and was not taken yet.
  virtual std::optional<protocol::Notice> take_notice() { return std::nullopt; }
};

}  // namespace chat
