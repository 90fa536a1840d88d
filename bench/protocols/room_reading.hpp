// How a client reads one room over all its connections: what it has missed is filled in from the
// history before it reads on, so that it gets every message in order.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "bench/protocols/known_messages.hpp"
#include "libchat/ids.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {

// One thread.
class RoomReading {
 public:
  struct Heard {
    Sequence sequence;
    UserId user;  // who said it
    std::string text;
  };

  // Of a room, all comes as `posted`. Of a pair, one's own does not, and is known when it was
  // acknowledged.
  explicit RoomReading(RoomKind kind) : kind_(kind) {}

  // The last message up to which all are known, as hello tells it.
  Sequence last() const { return known_.last(); }
  // Whether a session that is taken up again may go on with `next`. What it may read of a pair
  // begins anew with each time that the pair does.
  bool may_go_on_with(Sequence next) const;

  // How a connection comes to be in the room.
  enum class Opened {
    entered,  // before, the session was not in it
    named,    // taken up; hello named last()
    unnamed,  // taken up, from where the server likes
  };
  // `posted` begins with `next`.
  void opened(Sequence next, Opened how);
  // The session is not in it any more, or is another one.
  void closed() { since_ = {}; }
  // One of one's own in a pair.
  void acknowledged(Sequence sequence) { known_.add(sequence); }
  // The server does not have these.
  void missed(Sequence to) { known_.pass(to); }

  // False for what is known, and comes again since hello cannot name it.
  bool is_news(Sequence sequence) { return come_again_.erase(sequence) == 0; }
  // Whether `posted` is the next message of all, and need not wait for the history.
  bool reads_on() const { return waiting_.empty(); }
  void read(Sequence sequence) { know(sequence); }
  // Else it is kept until its turn comes.
  void keep(Heard heard) { waiting_.emplace_back(std::move(heard)); }

  // The messages right below this number are to be read from the history next; nothing when there
  // is nothing to be filled in.
  std::optional<Sequence> wanted() const;
  // What came of that.
  void fill(protocol::History page);
  // The next message whose turn has come. To be asked for until there is none whenever something
  // was opened, kept or filled.
  std::optional<Heard> next();

  // The connection is gone, and with it what it had begun. Goes on from last().
  void lose();

 private:
  // Here `posted` begins with a number, and what is known should reach up to it.
  struct Opening {
    Sequence next;
  };

  void know(Sequence sequence);
  // Whether the first thing that waits must be filled up to.
  const Opening* hole() const;

  RoomKind kind_;
  KnownMessages known_;
  std::set<Sequence> come_again_;
  Sequence since_;  // the first message that the session may read; 0: not known
  std::deque<std::variant<Opening, Heard>> waiting_;
  std::deque<Heard> filled_;       // of the history, from the end
  std::optional<Sequence> below_;  // where the next page ends, once there was one
  bool is_filled_ = false;         // and all of it has come
};

}  // namespace chat::bench
