// A room as its members see it: the published log and what it has announced of who is there.
// One thread at a time (in the server: under the hub's lock).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "libchat/ledger.hpp"
#include "libchat/member_list.hpp"
#include "libchat/monotonic_time.hpp"
#include "libchat/protocol.hpp"
#include "libchat/room_log.hpp"

namespace chat {

class Room {
 public:
  // A room with more members announces counts, until it has fewer than kListedBelow again.
  static constexpr std::size_t kMostListed = 500;
  static constexpr std::size_t kListedBelow = 400;
  static constexpr std::chrono::milliseconds kCountInterval{250};

  // `begin`: of its log, in a room that goes on.
  Room(RoomId id, RoomKind kind, LogBudget& budget, std::size_t retention,
       LogPlace begin = {Position{}, Sequence{1}})
      : kind_(kind), log_(id, budget, retention, begin) {}

  RoomId id() const { return log_.room(); }
  RoomKind kind() const { return kind_; }
  const RoomLog& log() const { return log_; }
  const MemberList& announced() const { return announced_; }
  bool is_listed() const { return listed_; }

  // Readers are told of the log's head; see RoomLog::end_round().
  void end_round() { log_.end_round(); }

  // Appends an entry to the log as frames, and brings the announced members in step with it.
  void publish(const Entry& entry, MonotonicTime now);

  // Members who are there from the beginning and are not announced in the log. Once.
  void begin_with(std::span<const Member> members);

  // When the next count may be announced, if one is due.
  std::optional<MonotonicTime> count_due() const;
  // Announces the count if it is due by now.
  void announce_due_count(MonotonicTime now);

 private:
  void publish(const AcceptedMessage& message, WallTime time);
  void publish(const AcceptedJoins& joins, WallTime time, MonotonicTime now);
  void publish(const AcceptedLeaves& leaves, WallTime time);
  void publish(const AcceptedRename& rename, WallTime time);
  void publish(const AcceptedStates& states, WallTime time);
  void publish(const AcceptedTyping& typing, WallTime time);
  void publish(const AcceptedAway& away, WallTime time);
  void announce_count(MonotonicTime now);
  template <class Message>
  void append(const Message& message);

  RoomKind kind_;
  bool listed_ = true;
  bool count_changed_ = false;
  RoomLog log_;
  MemberList announced_;
  MonotonicTime last_count_{};
};

}  // namespace chat
