// What was published, in order: the truth that every client's stream is held to.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libchat/hub.hpp"
#include "libchat/ledger.hpp"
#include "libchat/protocol.hpp"
#include "libchat/room_log.hpp"
#include "tests/simulation/roster.hpp"
#include "tests/simulation/statistics.hpp"
#include "tests/support/kept_store.hpp"

namespace chat::sim {

// As all names in a simulation are ASCII.
std::string folded(std::string name);

// A room's log, one item for each message and for each person in a presence frame. A place in it is
// a number of items: what stands before it.
class RoomTruth {
 public:
  struct Item {
    enum class Kind {
      message,
      joined,
      left,
      renamed,
      state,
      typing,
      away,
      counting,  // counts are announced from here on, this one first
      relisted,  // names are announced again, with this list of members
      silent,    // a change of members that is not announced, since counts are
      restart,   // another log begins, with this list of members
    };
    Kind kind;
    UserId user;
    std::string name;  // after it
    WallTime time;
    std::string before{};    // of a rename
    LeaveReason reason{};    // of who left
    PresenceState state{};   // of a change of state
    bool is_away = false;    // what is told of it
    bool ends_pair = false;  // one of the two has left, or was not taken up with the other
  };
  // How it is at a place.
  struct State {
    std::size_t messages = 0;   // before it
    std::uint64_t members = 0;  // digest of the roster
    std::size_t size = 0;       // of the roster
    bool listed = true;
  };
  struct Message {
    MessageId id;
    UserId user;
    std::string nickname;
    MessageKind kind;
    std::string text;
    WallTime time;
  };

  std::size_t end() const { return items_.size(); }
  // Precondition: place < end().
  const Item& item(std::size_t place) const { return items_[place]; }
  // Precondition: place <= end().
  const State& state(std::size_t place) const { return states_[place]; }
  const Roster& roster() const { return roster_; }
  // What stands last says so, which ends a room of two.
  bool somebody_has_left() const { return end() > 0 && items_.back().ends_pair; }
  bool somebody_had_left() const { return had_ended_; }
  // Precondition: there is such a message.
  const Message& message(Sequence sequence) const { return messages_[sequence.value - 1]; }
  bool has(Sequence sequence) const {
    return sequence.value >= 1 && sequence.value <= messages_.size();
  }
  Sequence next() const { return Sequence{messages_.size() + 1}; }
  // The first message that the log was ever seen to hold still: those before it are lost.
  Sequence tail() const { return tail_; }
  // Right behind a message; the beginning for 0. Precondition: there is one.
  std::size_t behind(Sequence last) const {
    return last == Sequence{} ? 0 : behind_[last.value - 1];
  }
  // Where one may go on who knows that message: behind it, or where another log has begun since.
  std::set<std::size_t> places_behind(Sequence last) const;

  void publish(const Entry& entry);
  const std::string& name() const { return name_; }  // empty until somebody was told of it
  void set_name(std::string name) { name_ = std::move(name); }
  void see(const RoomLog& log) { tail_ = log.tail_sequence(); }
  // Nobody was in it, and what was said before goes on.
  bool is_woken() const {
    return !log_begins_.empty() && log_begins_.back() == end() && roster_.size() == 0 &&
           next() > Sequence{1};
  }
  // Nobody is in it: what comes next begins another log. Whether that is news.
  bool rest();

  // In it, who is there from the beginning is not announced, and who goes unread is not, either.
  void is_pair() { is_pair_ = true; }

  // Only so many messages are left: the others are lost.
  void lose_behind(Sequence last);
  // Was stored and not published, and then the process ended.
  void publish_stored(const test::KeptMessage& kept);
  // Another process takes it up, with these people in it.
  void restart(const Roster& people);

 private:
  void add(Item item);
  void begin_log(bool has_one_of_two);
  void publish(const AcceptedMessage& message, WallTime time);
  void publish(const AcceptedJoins& joins, WallTime time);
  void publish(const AcceptedLeaves& leaves, WallTime time);
  void publish(const AcceptedRename& rename, WallTime time);
  void publish(const AcceptedStates& states, WallTime time);
  void publish(const AcceptedTyping& typing, WallTime time);
  void publish(const AcceptedAway& away, WallTime time);

  std::vector<Item> items_;
  std::vector<State> states_{State{}};
  std::vector<Message> messages_;    // the first has number 1
  std::vector<std::size_t> behind_;  // by message: the place behind it
  Roster roster_;
  bool listed_ = true;
  bool is_pair_ = false;
  bool had_ended_ = false;
  std::vector<std::size_t> log_begins_;  // behind the first
  Sequence tail_{1};
  std::string name_;
};

// Of those who prove who they are. Over a store the number stays theirs.
struct IdentityTruth {
  UserId user;
  std::uint8_t secret = 0;
};

// One thread. Numbers of rooms are not used again for others.
class Truth {
 public:
  // `remembered`: how many messages of a session are known again at least.
  // `is_durable`: over a store, where nothing is forgotten.
  Truth(Statistics& statistics, std::size_t remembered, bool is_durable)
      : statistics_(statistics), remembered_(remembered), is_durable_(is_durable) {}

  bool is_durable() const { return is_durable_; }

  void submitted(const Batch& batch);
  // In the order of publication. A message whose number is not the next one of its room is a
  // violation, and so is one that was published before and must be known again.
  void published(const Entry& entry);
  // A batch was published whole. A violation when two members of a room have the same name.
  void batch_published();

  // After each entry: a room that is gone is as it was seen last.
  void see_logs(const Hub& hub);

  const RoomTruth& room(RoomId room) const;
  const std::map<RoomId, RoomTruth>& rooms() const { return rooms_; }
  // Precondition: there is such a message.
  const MessageId& id_of(RoomId in, Sequence sequence) const {
    return room(in).message(sequence).id;
  }

  // A violation when it does not say what was published under this number.
  void check(const protocol::Posted& posted) const;
  void check(const protocol::Acknowledged& acknowledged, UserId sender, MessageKind kind,
             const std::string& text) const;
  // Whether the message was published again, since the session did not know it any more.
  bool was_forgotten(const MessageId& id) const { return forgotten_.contains(id); }

  // Somebody was told what an open room is called. A violation when it was called otherwise.
  void check_name(RoomId room, const std::string& name);
  // The open rooms that have announced that the user is in them.
  std::vector<RoomId> rooms_of(UserId user) const;

  // The process has ended, and the next one finds this. `is_whole`: nothing was to be committed
  // any more, nor to be told. `has_lost`: what was committed last is not there. Violations: what
  // was published is not there, and was not lost; who is in a room is not who was announced, and
  // all was told.
  void restart(const test::KeptStore& found, bool is_whole, bool has_lost);
  // Messages that were lost with the power, by room: their first number.
  bool is_lost(RoomId in, Sequence sequence, const MessageId& id) const {
    return !room(in).has(sequence) || id_of(in, sequence) != id;
  }

  // A new session has this user. A violation when its identity has another one, or another secret,
  // or the number is somebody else's.
  void check_user(std::uint8_t identity, std::uint8_t secret, UserId user);

  // A room of two, as the ledger was told. A violation when it was of two others.
  void is_pair(RoomId room, UserId first, UserId second);
  bool is_pair_of(RoomId room, UserId user) const;
  // Whether the user has said something under this id, over a store.
  bool was_said(UserId user, const MessageId& id) const { return places_.contains({user, id}); }
  bool is_open(RoomId room) const { return !pairs_.contains(room); }
  // What somebody reads of what was said before, up to message number `end` at least. A violation
  // when it is not what was published, or has a hole.
  void check(const protocol::History& history, Sequence end) const;

  // Somebody was told of a room of two. A violation when two others were already.
  void opened_pair(RoomId room, UserId user);
  // A whisper is meant for this user alone; who is sent it.
  void meant_for(const MessageId& id, UserId user) { meant_for_.emplace(id, user); }
  void check_whispered(RoomId pair, Sequence sequence, UserId to) const;

  // Somebody asks that the server remember it. What it then says is never above that.
  void marked(UserId user, RoomId room, Sequence sequence) {
    Sequence& highest = marked_[{user, room}];
    highest = std::max(highest, sequence);
  }
  void check_read(UserId user, RoomId room, Sequence read) const;

  // No room has announced anybody who has not left it.
  bool nobody_is_left() const;

 private:
  void check_states(RoomId room, const AcceptedStates& states);
  void check_number(const Entry& entry, const AcceptedMessage& message);
  void check_first(const AcceptedMessage& message);
  bool leaves_something(UserId user) const;
  template <class Key>
  void check_goes_on(std::map<Key, RoomId>& known, const Key& key, RoomId room);
  void check_said_before(const AcceptedMessage& message) const;
  void take_stored(RoomId id, const test::KeptStore::Messages& stored, bool has_lost);
  void take_people(const test::KeptStore& found, bool is_whole);
  void take_users(const test::KeptStore& found, bool is_whole);

  Statistics& statistics_;
  std::size_t remembered_;
  bool is_durable_;
  std::map<RoomId, RoomTruth> rooms_;
  std::set<RoomId> touched_;  // by the batch that is being published
  std::map<RoomId, std::set<UserId>> pairs_;
  std::map<std::pair<UserId, RoomId>, Sequence> marked_;
  std::set<std::pair<RoomId, UserId>> lost_;  // whose connection was announced to be
  std::map<MessageId, UserId> meant_for_;
  // The messages of a session that were accepted before the batch of a message, and with it: of
  // those in the batch it is not known which came first.
  struct Accepted {
    std::size_t before = 0;
    std::size_t with = 0;
  };
  using Said = std::pair<SessionId, MessageId>;
  std::map<SessionId, std::size_t> accepted_;
  std::map<Said, Accepted> submitted_;  // the latest, of each id
  std::map<Said, Accepted> ids_;        // the same of what was published
  std::set<MessageId> forgotten_;
  // Over a store: where each message stands, by who has said it.
  std::map<std::pair<UserId, MessageId>, std::pair<RoomId, Sequence>> places_;
  std::map<std::uint8_t, IdentityTruth> identities_;
  // What rooms there have been: a room in which something was said goes on under its number.
  std::map<std::string, RoomId> rooms_by_name_;
  std::map<std::set<UserId>, RoomId> rooms_by_pair_;
  std::map<UserId, std::uint8_t> users_;  // all that there have been: 0 for those without identity
};

}  // namespace chat::sim
