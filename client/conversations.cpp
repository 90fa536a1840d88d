// What whispers do to the model. Those with one person make a conversation: a room of two, which
// the server calls a pair. It has the pair's number and messages, and stays when the pair has
// ended; when that is taken up again, it goes on.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "client/model.hpp"
#include "client/wording.hpp"
#include "libchat/name.hpp"

namespace chat::client {
namespace {

std::string folded(std::string_view nickname) {
  const auto name = Nickname::make(nickname);
  return std::string(name ? name->folded() : nickname);
}

}  // namespace

// --- which one is meant -------------------------------------------------------------------------

// With this user; with 0, with whoever was seen behind the nickname. Nobody is taken for another
// one who was seen to have the name now.
Room* Model::conversation(std::string_view nickname, UserId user) {
  if (user == UserId{})
    user = people_.find(nickname).value_or(UserId{});
  const auto is_with_user = [&](const Room& room) {
    return room.is_pair() && user != UserId{} && room.other == user;
  };
  const auto is_called_so = [&, name = folded(nickname)](const Room& room) {
    return room.is_pair() && (room.other == UserId{} || user == UserId{}) && room.folded == name;
  };
  auto found = std::ranges::find_if(rooms_, is_with_user);
  if (found == rooms_.end())
    found = std::ranges::find_if(rooms_, is_called_so);
  return found == rooms_.end() ? nullptr : &*found;
}

Room* Model::conversation_of(const UnsentMessage& message) {
  return conversation(message.to, message.epoch == epoch_ ? message.to_user : UserId{});
}

// The one that there is, or a new one; nothing when there are too many.
Room* Model::begin_conversation(std::string_view nickname, UserId user) {
  if (Room* known = conversation(nickname, user))
    return known;
  if (Room* ended = conversation_that_gives_way(nickname)) {
    give_way(*ended, user);
    return ended;
  }
  if (std::ranges::count_if(rooms_, &Room::is_pair) >= std::ptrdiff_t{kMaxPairs})
    return nullptr;
  Room& room = rooms_.add(Room(people_.spelt(nickname), RoomKind::pair));
  room.other = user;
  room.place = fmt::format("@{}", ++last_conversation_);
  return &room;
}

// Where nothing is kept, one that has ended cannot go on: who comes back is another user. Two that
// are called the same would only be mixed up.
Room* Model::conversation_that_gives_way(std::string_view nickname) {
  if (history_ > 0)
    return nullptr;
  const auto found = std::ranges::find_if(rooms_, [&, name = folded(nickname)](const Room& room) {
    return room.is_pair() && room.ended && room.folded == name;
  });
  return found == rooms_.end() ? nullptr : &*found;
}

// The lines stay, above what is said with somebody else.
void Model::give_way(Room& room, UserId user) {
  void_pair(room);
  room.ended = false;
  room.other = user;
  room.last = room.read_up_to = room.told_read = {};
  room.is_whole = true;
  room.members = {};
  room.told_absence.reset();
  tell_of_another(room);
}

void Model::tell_of_another(Room& room) {
  show(room, LineKind::event,
       fmt::format("{} is back, or somebody else has this name now.", room.name));
}

// What an earlier client has whispered.
void Model::begin_conversations_of_unsent() {
  for (const UnsentMessage& message : unsent_.messages())
    if (message.is_whisper())
      begin_conversation(message.to, message.to_user);
}

// --- beginning and ending -----------------------------------------------------------------------

void Model::open_pair(const protocol::RoomOpened& opened) {
  Room* const room = conversation_to_open(opened);
  if (room == nullptr)
    return;
  if (is_recalled(opened.room)) {
    const auto known = std::ranges::find(recalled_, opened.room, &KnownPair::room);
    // It is read as a whole; but what the earlier client did not show was not seen.
    reads_.forget(opened.room);
    catch_up_pair(*room, opened);
    room->read_up_to = std::max(std::min(known->read, room->last), opened.read);
  } else {
    catch_up_pair(*room, opened);
  }
  room->id = opened.room;
  room->rename(opened.name);
  room->open = true;
  room->ended = false;
  if (opened.listed)
    room->members.begin_list(opened.members);
  else
    room->members.count(opened.members);
  remember_pair(*room);
}

// By its number, or by the whisper that has made it. Without a store, a pair that is taken up again
// has another number, and only the name tells; who that is, the list of its members does.
Room* Model::conversation_to_open(const protocol::RoomOpened& opened) {
  if (Room* known = rooms_.find(opened.room))
    return known->is_pair() ? known : nullptr;
  const auto request = requests_.find(opened.request);
  if (request != requests_.end() && request->second.what == Request::What::text) {
    const UnsentMessage* const message = unsent_.find(request->second.message);
    if (message != nullptr && message->is_whisper())
      if (Room* meant = conversation_of(*message))
        return meant;
  }
  return begin_conversation(opened.name, {});
}

// Nothing more will come in it, until it is taken up again.
void Model::end_pair(Room& room, WallTime when, std::string_view news) {
  if (room.ended)
    return;
  if (!room.acknowledged.empty())
    room.last = std::max(room.last, room.acknowledged.rbegin()->first);
  show_acknowledged(room, kLastSequence);
  room.open = false;
  room.ended = true;
  if (!news.empty())
    show_at(room, LineKind::event, when, news);
}

void Model::pair_closed(Room& room, const protocol::RoomClosed& closed, bool was_asked) {
  if (was_asked) {
    reads_.forget(room.id);
    forget_pair(room.id);
    return close(room);
  }
  if (closed.request == last_hello_)
    catch_up_ended_pair(room);
  end_pair(room, now_, fmt::format("The conversation with {} has ended.", room.name));
}

// The pair of another user or epoch, whose numbers mean nothing.
void Model::void_pair(Room& room) {
  end_pair(room, now_, {});
  forget_numbers(room, false);
  room.id = {};
  room.counted_as = {};
  room.ended = true;
}

// As another user, or in another epoch.
void Model::forget_pairs(bool is_same_epoch) {
  for (Room& room : rooms_) {
    if (!room.is_pair())
      continue;
    // One that a session still has is opened again.
    if (!resumed_ || room.ended)
      void_pair(room);
    // Other epochs have other users behind the same numbers.
    if (!is_same_epoch)
      room.other = {};
  }
}

// Those of a session that has ended can be read on, where messages are kept.
void Model::leave_pairs_behind() {
  for (Room& room : rooms_) {
    if (!room.is_pair() || room.ended)
      continue;
    catch_up_ended_pair(room);
    end_pair(room, now_, {});
    if (history_ == 0)
      room.id = {};
  }
}

// --- the other one ------------------------------------------------------------------------------

// The server names the two. Who has the name by now may be somebody else than before: they have a
// conversation of their own, unless the one before gives way.
void Model::learn_other(RoomId id, UserId user, std::string_view nickname) {
  Room* const room = rooms_.find(id);
  if (room == nullptr || !room->is_pair() || user == me_ || room->other == user)
    return;
  if (room->other == UserId{}) {
    room->other = user;
    return remember_pair(*room);
  }
  if (history_ == 0) {
    room->other = user;
    return tell_of_another(*room);
  }
  Room another(std::string(nickname), RoomKind::pair);
  another.id = id;
  another.other = user;
  another.place = fmt::format("@{}", ++last_conversation_);
  another.open = true;
  another.last = room->last;
  another.read_up_to = room->last;
  another.counted_as = std::exchange(room->counted_as, {});
  another.counted_in = room->counted_in;
  another.members = std::exchange(room->members, {});
  room->scrollback.forget_numbers();
  room->id = {};
  room->open = false;
  room->ended = true;
  remember_pair(rooms_.add(std::move(another)));
}

void Model::other_renamed(const protocol::Renamed& renamed) {
  if (renamed.user == me_)
    return;
  for (Room& room : rooms_)
    if (room.is_pair() &&
        (room.other == renamed.user || (room.other == UserId{} && room.id == renamed.room))) {
      room.rename(renamed.after);
      remember_pair(room);
    }
}

// --- what is said -------------------------------------------------------------------------------

// The server does not send one's own whispers back: each is known by its acknowledgement alone, and
// that may overtake messages of the other one with lower numbers (PROTOCOL.md, "Rooms"). So it
// waits for its place among them, unless that cannot be told.
void Model::whisper_acknowledged(const protocol::Acknowledged& acknowledged,
                                 const UnsentMessage& message) {
  Room* room = rooms_.find(acknowledged.room);
  if (room == nullptr)
    room = begin_conversation(message.to, message.epoch == epoch_ ? message.to_user : UserId{});
  if (room == nullptr || !room->is_pair())
    return;
  Line line =
      said_line(LineKind::own_message, acknowledged.time, message.kind, nickname_, message.text);
  // It was said in a pair that has ended since, if the conversation has another one.
  if (room->id == acknowledged.room)
    line.number = acknowledged.sequence;
  if (line.number == Sequence{})
    return room->scrollback.append(std::move(line));
  if (room->ended)
    room->last = std::max(room->last, line.number);
  const bool has_place = room->ended || !room->is_whole || line.number <= room->last;
  if (has_place && line.number > room->scrollback.last_number().value_or(Sequence{}))
    room->scrollback.append(std::move(line));
  else if (has_place)
    room->scrollback.insert({std::move(line)});
  else
    room->acknowledged.try_emplace(acknowledged.sequence, std::move(line));
  take_turns(*room);
  acknowledged_here(*room, std::min(acknowledged.sequence, room->last));
}

void Model::whisper_posted(const protocol::Posted& posted) {
  learn_other(posted.room, posted.user, posted.nickname);
  Room* const where = rooms_.find(posted.room);
  if (where == nullptr || posted.sequence <= where->last)
    return;
  // Nothing below it will come any more.
  show_acknowledged(*where, posted.sequence - 1);
  show_message(*where, posted);
  take_turns(*where);
}

// Own messages that follow without a hole.
void Model::take_turns(Room& room) {
  while (!room.acknowledged.empty() && room.acknowledged.begin()->first == room.last + 1) {
    room.last = room.last + 1;
    show_acknowledged(room, room.last);
  }
}

}  // namespace chat::client
