// What of the hub outlives the process: telling the ledger, and taking it up again.
#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "libchat/hub.hpp"

namespace chat {
namespace {

// A store that was damaged may name any slot; a table grows up to the highest.
constexpr std::uint32_t kMostSlots = 1 << 20;

// Who has left a pair, when the store does not say.
constexpr std::string_view kNamelessLeaver = "somebody";

}  // namespace

// --- telling ------------------------------------------------------------------------------------

void Hub::keep(StateChange change) {
  if (!ledger_.is_durable())
    return;
  ledger_.keep(std::move(change));
  has_kept_ = true;
  kept_bytes_ += sizeof(StateChange);
  uncommitted_bytes_ += sizeof(StateChange);
}

void Hub::keep_session(SessionId id, const Session& session, bool is_new) {
  if (ledger_.is_durable())
    keep(KnownSession{session.user, id, std::string(session.nickname.shown()), is_new});
}

void Hub::keep_membership(const Session& session, const Membership& membership) {
  keep(KnownMembership{session.user, membership.room, membership.may_speak(), membership.since});
}

void Hub::keep_room(const HeldRoom& held, bool is_new) {
  if (!ledger_.is_durable())
    return;
  KnownRoom known{.room = held.room.id(), .kind = held.room.kind(), .is_new = is_new};
  if (held.name)
    known.name = held.name->shown();
  else if (held.leaver)
    known.name = held.leaver->shown();
  known.first = held.pair.from.user;
  known.second = held.pair.to.user;
  keep(std::move(known));
}

// --- taking up ----------------------------------------------------------------------------------

// What is taken up, by the numbers under which its parts name each other.
struct Hub::Restoring {
  std::unordered_map<UserId, const KnownUser*> users;
  std::unordered_map<RoomId, const DurableState::Room*> rooms;
  std::unordered_map<UserId, SessionId> sessions;
  std::map<RoomId, std::vector<Member>> members;
  std::set<PairKey> pairs;
};

void Hub::restore(const DurableState& state) {
  last_user_ = state.last_user.value;
  last_room_ = state.last_room.value;
  Restoring from;
  for (const KnownUser& user : state.users)
    restore(user, from);
  for (const DurableState::Room& room : state.rooms)
    from.rooms.emplace(room.known.room, &room);
  std::vector<KnownSession> sessions = state.sessions;
  std::ranges::sort(sessions, {}, &KnownSession::session);
  for (const KnownSession& session : sessions)
    restore(session, from);
  for (const KnownMembership& membership : state.memberships)
    restore(membership, from);
  for (const ReadPosition& read : state.reads)
    restore(read, from);
  for (const auto& [room, members] : from.members)
    find_room(room)->room.begin_with(members);
  for (const DurableState::Room& room : state.rooms)
    if (HeldRoom* const held = find_room(room.known.room); held == nullptr)
      lay_to_rest(room, from);
    else if (!held->name)
      restore_pair(*held, room.known);
}

void Hub::restore(const KnownUser& known, Restoring& from) {
  from.users.emplace(known.user, &known);
  if (known.identity && identities_.find(known.identity) == nullptr)
    identities_.add(known.identity, {known.user, known.secret, {}, known.seen});
}

void Hub::restore(const KnownSession& known, Restoring& from) {
  const auto name = Nickname::make(known.nickname);
  const auto user = from.users.find(known.user);
  const bool makes_sense = name && !registry_.holder(*name) && user != from.users.end() &&
                           known.session && known.session.slot < kMostSlots &&
                           known.session.slot >= sessions_.slots() &&
                           from.sessions.emplace(known.user, known.session).second;
  if (!makes_sense)
    return keep(EndedSession{known.user});
  sessions_.emplace_at(known.session, Session{.connection = {},
                                              .user = known.user,
                                              .nickname = *name,
                                              .memberships = {},
                                              .details = {},
                                              .reactor = {},
                                              .address = {}});
  registry_.claim(*name, known.session);
  SessionDetails& details = sessions_.find(known.session)->make_details();
  details.identity = user->second->identity;
  details.secret = user->second->secret;
  details.was_known = details.has_pairs = true;  // perhaps
  details.detached = detached_.add_restored(known.session, now_.monotonic);
  if (const IdentityBook::Known* const identity = identities_.find(details.identity);
      identity != nullptr && identity->user == known.user)
    identities_.begin_session(details.identity, known.session);
  else
    details.identity = {};
}

void Hub::restore(const KnownMembership& known, Restoring& from) {
  const auto session_id = from.sessions.find(known.user);
  const auto room = from.rooms.find(known.room);
  if (session_id == from.sessions.end() || room == from.rooms.end())
    return;
  HeldRoom* const held = hold_restored(*room->second, known.user, from);
  if (held == nullptr)
    return;
  Session& session = *sessions_.find(session_id->second);
  Membership::Kind kind = Membership::Kind::open;
  if (!held->name) {
    kind = known.may_speak ? Membership::Kind::pair : Membership::Kind::ended_pair;
    Pair& pair = held->pair;
    (pair.from.user == known.user ? pair.from : pair.to).session = session_id->second;
  }
  const Sequence since = std::clamp(known.since, Sequence{1}, held->room.log().next());
  session.memberships.push_back({known.room, kind, since});
  ++held->accepted;
  from.members[known.room].push_back({session.user, session.nickname});
}

void Hub::restore(const ReadPosition& read, const Restoring& from) {
  const auto room = from.rooms.find(read.room);
  if (!from.users.contains(read.user) || room == from.rooms.end())
    return;
  auto changed =
      reads_.advance(read.user, read.room, std::min(read.sequence, room->second->next - 1));
  // It is kept already, and news is only what it has displaced.
  if (!changed.empty())
    changed.erase(changed.begin());
  note_reads(changed);
}

// For one of its members. Null when that makes no sense.
Hub::HeldRoom* Hub::hold_restored(const DurableState::Room& room, UserId member, Restoring& from) {
  const KnownRoom& known = room.known;
  if (HeldRoom* const held = find_room(known.room))
    return held->name || held->pair.from.user == member || held->pair.to.user == member ? held
                                                                                        : nullptr;
  const DormantRooms::Room at{known.room, room.next};
  if (known.kind == RoomKind::open) {
    const auto name = RoomName::make(known.name);
    if (!name || rooms_by_name_.contains(*name))
      return nullptr;
    HeldRoom& held = hold_room(at, RoomKind::open);
    held.name = *name;
    open_rooms_.emplace(known.room, &held);
    rooms_by_name_.emplace(*name, &held);
    return &held;
  }
  const bool is_member =
      known.first != known.second && (known.first == member || known.second == member);
  if (!is_member || !from.pairs.insert(std::minmax(known.first, known.second)).second)
    return nullptr;
  HeldRoom& held = hold_room(at, RoomKind::pair);
  held.pair.from.user = known.first;
  held.pair.to.user = known.second;
  return &held;
}

// Its members are there now: both, or the one that was left.
void Hub::restore_pair(HeldRoom& held, const KnownRoom& known) {
  Session* const from = sessions_.find(held.pair.from.session);
  Session* const to = sessions_.find(held.pair.to.session);
  const auto kind_for = [&](Session* session, Membership::Kind kind) {
    if (session != nullptr)
      std::ranges::find(session->memberships, known.room, &Membership::room)->kind = kind;
  };
  const bool goes_on = from != nullptr && to != nullptr;
  kind_for(from, goes_on ? Membership::Kind::pair : Membership::Kind::ended_pair);
  kind_for(to, goes_on ? Membership::Kind::pair : Membership::Kind::ended_pair);
  if (from != nullptr)
    ++from->pairs_begun;
  if (goes_on)
    pairs_.emplace(held.pair.key(), &held);
  else
    ended_pairs_.emplace(held.pair.key(), &held);
  if (!goes_on)
    held.leaver = Nickname::make(known.name).value_or(*Nickname::make(kNamelessLeaver));
}

void Hub::lay_to_rest(const DurableState::Room& room, Restoring& from) {
  const KnownRoom& known = room.known;
  const DormantRooms::Room at{known.room, room.next};
  const bool was_used = room.next > Sequence{1};
  if (known.kind == RoomKind::pair) {
    const PairKey key = std::minmax(known.first, known.second);
    if (was_used && known.first != known.second && from.pairs.insert(key).second) {
      dormant_.add(key, at);
      return;
    }
  } else if (const auto name = RoomName::make(known.name)) {
    if ((was_used || name->shown() == kLobbyName) && !rooms_by_name_.contains(*name) &&
        dormant_.add(*name, at))
      return;
  }
  if (!was_used)
    forget_room(known.room);
}

}  // namespace chat
