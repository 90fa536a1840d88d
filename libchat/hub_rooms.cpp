// The hub's rooms and memberships.
#include <algorithm>
#include <cassert>
#include <utility>

#include "libchat/hub.hpp"

namespace chat {

Hub::HeldRoom* Hub::find_room(RoomId room) {
  const auto place = rooms_.find(room);
  return place == rooms_.end() ? nullptr : place->second.get();
}

const RoomLog* Hub::log(RoomId room) const {
  const auto place = rooms_.find(room);
  return place == rooms_.end() ? nullptr : &place->second->room.log();
}

Hub::HeldRoom* Hub::joined_room(const Session& session, RoomId room) {
  const auto place = std::ranges::find(session.memberships, room, &Membership::room);
  return place != session.memberships.end() && place->may_speak() ? find_room(room) : nullptr;
}

DormantRooms::Room Hub::new_room() {
  const auto is_taken = [&](RoomId room) {
    return room == RoomId{} || rooms_.contains(room) || dormant_.contains(room);
  };
  do
    ++last_room_;
  while (is_taken(RoomId{last_room_}));
  return {.room = RoomId{last_room_}};
}

Hub::HeldRoom& Hub::hold_room(const DormantRooms::Room& room, RoomKind kind) {
  // One that goes on begins behind position 0, so that there is a place below it.
  const Position begin = room.next == Sequence{1} ? Position{} : room.begin;
  auto held = std::make_unique<HeldRoom>(room.room, kind, budget_, options_.room_retention_bytes,
                                         LogPlace{begin, room.next});
  return *rooms_.emplace(room.room, std::move(held)).first->second;
}

Hub::HeldRoom& Hub::open_room(const RoomName& name) {
  if (const auto place = rooms_by_name_.find(name); place != rooms_by_name_.end())
    return *place->second;
  const auto dormant = dormant_.take(name);
  HeldRoom& held = hold_room(dormant ? dormant->room : new_room(), RoomKind::open);
  held.name = dormant ? dormant->name : name;
  open_rooms_.emplace(held.room.id(), &held);
  rooms_by_name_.emplace(*held.name, &held);
  if (!dormant)
    keep_room(held, true);
  return held;
}

Hub::HeldRoom& Hub::open_pair(PairSide from, PairSide to, RequestId request) {
  const PairKey key = std::minmax(from.user, to.user);
  if (const auto place = pairs_.find(key); place != pairs_.end())
    return *place->second;
  const auto ended = ended_pairs_.find(key);
  if (ended == ended_pairs_.end())
    return begin_pair(from, to, request);
  HeldRoom& held = *ended->second;
  ended_pairs_.erase(ended);
  return revive_pair(held, from, to, request);
}

Hub::HeldRoom& Hub::begin_pair(PairSide from, PairSide to, RequestId request) {
  const Pair pair{from, to};
  const auto dormant = dormant_.take(pair.key());
  HeldRoom& held = hold_room(dormant ? *dormant : new_room(), RoomKind::pair);
  held.pair = pair;
  pairs_.emplace(pair.key(), &held);
  keep_room(held, !dormant);
  Session& sender = *sessions_.find(from.session);
  ++sender.pairs_begun;
  Session& receiver = *sessions_.find(to.session);
  sender.make_details().has_pairs = receiver.make_details().has_pairs = true;
  const Member members[] = {{from.user, sender.nickname}, {to.user, receiver.nickname}};
  held.room.begin_with(members);
  if (is_known_lost(receiver))
    touch(held).change_state(members[1], PresenceState::lost);
  announce_away(sender, held);
  announce_away(receiver, held);
  open_to(sender, held, request, receiver.nickname.shown());
  open_to(receiver, held, RequestId{}, sender.nickname.shown());
  return held;
}

// One of the two has left it, and the other one is still to read it to its end. Whoever left
// enters; for the other one it goes on.
Hub::HeldRoom& Hub::revive_pair(HeldRoom& held, PairSide from, PairSide to, RequestId request) {
  pairs_.emplace(held.pair.key(), &held);
  held.leaver.reset();
  held.pair.last_reader = nullptr;
  for (const PairSide& side : {from, to}) {
    PairSide& before = held.pair.from.user == side.user ? held.pair.from : held.pair.to;
    Session& session = *sessions_.find(side.session);
    if (&before == &held.pair.from && before.session != side.session)
      ++session.pairs_begun;
    before.session = side.session;
    session.make_details().has_pairs = true;
    const auto place = std::ranges::find(session.memberships, held.room.id(), &Membership::room);
    if (place == session.memberships.end()) {
      touch(held).join({session.user, session.nickname});
      announce_away(session, held);
      const PairSide& other = side.user == from.user ? to : from;
      open_to(session, held, side.user == from.user ? request : RequestId{},
              sessions_.find(other.session)->nickname.shown());
    } else {
      place->kind = Membership::Kind::pair;
      keep_membership(session, *place);
      announce_anew(held, session);
      if (!session.is_detached())
        outbox(session.reactor).push_back(outbox::GoOn{session.connection, held.room.id()});
    }
  }
  keep_room(held);
  return held;
}

// What has changed of a member while nothing was said in the pair.
void Hub::announce_anew(HeldRoom& held, const Session& session) {
  const Member member{session.user, session.nickname};
  if (const auto before = held.room.announced().nickname_of(session.user);
      before && before->shown() != session.nickname.shown())
    touch(held).add(AcceptedRename{session.user, *before, session.nickname});
  touch(held).change_state(member,
                           is_known_lost(session) ? PresenceState::lost : PresenceState::here);
  if (held.room.announced().is_away(session.user) && !session.is_away())
    announce_back(session, held);
  announce_away(session, held);
}

void Hub::enter_room(Session& session, HeldRoom& held, RequestId request) {
  touch(held).join({session.user, session.nickname});
  announce_away(session, held);
  open_to(session, held, request, held.name->shown());
  note(outbox::Notice::What::joined, session, std::string(held.name->shown()));
}

void Hub::open_to(Session& session, HeldRoom& held, RequestId request, std::string_view name) {
  touch(held);
  ++held.accepted;
  const RoomLog& log = held.room.log();
  session.memberships.push_back(
      {held.room.id(),
       held.room.kind() == RoomKind::open ? Membership::Kind::open : Membership::Kind::pair,
       log.next()});
  keep_membership(session, session.memberships.back());
  attach(session, held, log.end());
  send(session, protocol::RoomOpened{
                    .request = request,
                    .room = held.room.id(),
                    .kind = held.room.kind(),
                    .name = std::string(name),
                    .next = log.next(),
                    .members = static_cast<std::uint32_t>(held.room.announced().size()),
                    .listed = held.room.is_listed(),
                    .read = std::min(reads_.of(session.user, held.room.id()), log.next() - 1)});
  if (held.room.is_listed())
    send_snapshot(session, held.room);
}

// Who is detached reads nothing until the session is taken up again.
void Hub::attach(Session& session, HeldRoom& held, LogPlace place) {
  if (session.is_detached())
    return;
  // In a pair the acknowledgement says enough: sent back too, each whisper would cost two sends.
  const UserId except = held.room.kind() == RoomKind::pair ? session.user : UserId{};
  held.readers.attach(held.room.log(), place, session.reactor, session.connection, except,
                      outbox(session.reactor));
}

void Hub::release_reader(const Session& session, HeldRoom& held) {
  if (!session.is_detached())
    held.readers.release(session.reactor);
}

// How many bytes it takes.
std::size_t Hub::send_snapshot(const Session& session, const Room& room) {
  Bytes pages;
  for (const protocol::MemberPage& page : room.announced().snapshot(room.id()))
    protocol::append_frame(pages, page);
  if (!session.is_detached())
    send_bytes(session.reactor, session.connection, pages, false);
  return pages.size();
}

void Hub::leave_room(Session& session, RoomId room, LeaveReason reason) {
  HeldRoom& held = *find_room(room);
  const auto place = std::ranges::find(session.memberships, room, &Membership::room);
  if (place != session.memberships.end()) {  // who departs has left them all at once
    session.memberships.erase(place);
    keep(EndedMembership{session.user, room});
  }
  --held.accepted;
  release_reader(session, held);
  const Member member{session.user, session.nickname};
  const bool was_lost = is_known_lost(session);
  // Whoever comes in their place in the same round has not left, and need not be away.
  if (session.is_away())
    announce_back(session, held);
  if (!ledger_.is_durable())
    reads_.forget(session.user, room);
  if (held.room.kind() == RoomKind::pair) {
    touch(held).leave_told(member, reason, was_lost);
    return end_pair(held, session);
  }
  touch(held).leave(member, reason, was_lost);
  note(outbox::Notice::What::left, session, std::string(held.name->shown()));
}

void Hub::end_pair(HeldRoom& held, const Session& leaver) {
  pairs_.erase(held.pair.key());
  held.leaver = leaver.nickname;
  const PairSide& other = held.pair.other(leaver.user);
  // Whoever is in the pair has a session: a session that ends leaves its rooms first.
  Session& session = *sessions_.find(other.session);
  // From now on nothing is taken for the pair; what was taken is still read to the end.
  const auto place = std::ranges::find(session.memberships, held.room.id(), &Membership::room);
  place->kind = Membership::Kind::ended_pair;
  held.pair.last_reader = &other;
  if (ledger_.is_durable())
    ended_pairs_.emplace(held.pair.key(), &held);
  keep_membership(session, *place);
  keep_room(held);
}

void Hub::finish_ended_pair(HeldRoom& held) {
  if (held.pair.last_reader == nullptr || held.uncommitted > 0)
    return;
  // A reader whose session has ended is no longer waited for; see release_ended_pair().
  const Session& reader = *sessions_.find(std::exchange(held.pair.last_reader, nullptr)->session);
  if (reader.is_detached())  // told when the session is taken up again
    return;
  outbox(reader.reactor).push_back(outbox::Finish{reader.connection, held.room.id()});
}

// Until then its log counts among all others, and can lose its oldest messages like them.
void Hub::release_ended_pair(const Session& reader, RoomId room) {
  HeldRoom& held = *find_room(room);
  touch(held);
  held.pair.last_reader = nullptr;
  release_reader(reader, held);
  --held.accepted;
}

void Hub::drop_if_empty(HeldRoom& held) {
  if (held.accepted > 0 || held.uncommitted > 0 || &held == lobby_)
    return;
  const RoomId room = held.room.id();
  if (ledger_.is_durable() && held.room.log().next() > Sequence{1})
    put_to_rest(held);
  else
    forget_room(room);
  if (!held.name)
    ended_pairs_.erase(held.pair.key());
  if (open_rooms_.erase(room) > 0)
    rooms_by_name_.erase(*held.name);
  else if (Session* const session = sessions_.find(held.pair.from.session))
    --session->pairs_begun;
  rooms_.erase(room);
}

void Hub::put_to_rest(const HeldRoom& held) {
  const RoomLog& log = held.room.log();
  const DormantRooms::Room room{held.room.id(), log.next(), log.head() + 1};
  const bool added =
      held.name ? dormant_.add(*held.name, room) : dormant_.add(held.pair.key(), room);
  assert(added);
}

void Hub::forget_room(RoomId room) {
  ledger_.forget(room);
  has_kept_ = ledger_.is_durable();
}

}  // namespace chat
