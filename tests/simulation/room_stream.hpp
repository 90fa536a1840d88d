// What one connection is sent of one room, held to what was published there: every frame is the one
// that comes next, or there is a gap that says so.
//
// Where in the published log a stream begins, its frames do not tell exactly: it is at one of
// several places, until what follows leaves only one of them.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "libchat/protocol.hpp"
#include "tests/simulation/roster.hpp"
#include "tests/simulation/truth.hpp"

namespace chat::sim {

// Every call that hears a frame throws Violation when it may not come now. A value; the truth
// outlives it.
class RoomStream {
 public:
  // A room that one has just come into.
  static RoomStream opened(const Truth& truth, UserId reader, const protocol::RoomOpened& m);

  // One that the session is in, without that it was known.
  static RoomStream at(const Truth& truth, UserId reader, const protocol::RoomOpened& m);

  // A room of a session that is taken up again: it goes on at m.next. What one knew behind that is
  // forgotten.
  void reopened(const protocol::RoomOpened& m);

  void hear(const protocol::Posted& m);
  void hear(const protocol::Joined& m);
  void hear(const protocol::Left& m);
  void hear(const protocol::Renamed& m);
  void hear(const protocol::Presence& m);
  void hear(const protocol::Typing& m);
  void hear(const protocol::Away& m);
  void hear(const protocol::MemberCount& m);
  void hear(const protocol::MemberPage& m);
  void hear(const protocol::Gap& m);
  // An answer that says who is in the room: a page that is the first one and the last says all.
  void check_listed(const protocol::MemberPage& m) const;
  // In a pair one's own messages are not sent back; that they stand in the room is acknowledged.
  void acknowledged(Sequence sequence);

  RoomKind kind() const { return kind_; }
  bool has_ended() const { return ended_; }  // of a pair: it was heard that one has left it
  // The first message that one does not know yet.
  Sequence next() const { return next_; }
  const Roster& roster() const { return roster_; }
  bool is_listed() const { return listed_; }
  // At most so many snapshots come that nothing in the log announces.
  unsigned snapshots_due() const { return snapshots_due_; }
  void await_snapshots(unsigned more) { snapshots_due_ += more; }

  // Everything was read: a violation when something is missing, or the list of members is not as
  // announced.
  void check_at_rest() const;
  // It is a pair that is closed: a violation when nobody has left it, or something was not read.
  void check_closed_pair() const;

 private:
  using Places = std::set<std::size_t>;

  RoomStream(const Truth& truth, UserId reader, RoomId room)
      : truth_(&truth), reader_(reader), room_(room) {}

  const RoomTruth& truth() const { return truth_->room(room_); }
  bool is_passed_over(const RoomTruth::Item& item) const;
  Places with_passed_over(const Places& places) const;
  bool is_next(std::size_t place, Sequence sequence) const;
  void hear_presence();
  template <class Matches>
  void advance(Matches matches, const char* otherwise);
  template <class Matches>
  Places advanced(Matches matches) const;
  void know(Sequence sequence);
  void check_read() const;
  void check_list();
  bool is_list_of_two(const Roster& list) const;
  void take_list(std::size_t total);
  bool take_announced();

  const Truth* truth_;
  UserId reader_;
  RoomId room_;
  RoomKind kind_ = RoomKind::open;
  Places places_;  // where the stream may be
  Sequence next_;
  std::set<Sequence> known_;  // at or behind next_
  bool listed_ = true;
  bool whole_ = false;  // the list is: all pages of it came
  bool ended_ = false;
  bool fed_ = false;  // the last message was from the store, and what else has happened is left out
  bool is_fresh_ = true;  // nothing came yet: the first list is that of where the stream begins
  // From this place on the list is right: before, it may be told what it holds already.
  std::size_t right_from_ = 0;
  unsigned snapshots_due_ = 0;  // at most so many
  Roster roster_;
};

}  // namespace chat::sim
