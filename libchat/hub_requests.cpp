// What the hub does with each request.
#include <algorithm>
#include <cassert>
#include <limits>
#include <type_traits>
#include <utility>

#include "libchat/body_hash.hpp"
#include "libchat/hub.hpp"
#include "libchat/log_history.hpp"

namespace chat {
namespace {

// Whoever begins pairs and leaves them leaves them to be read. From one of these people somebody
// who is away gets so many, so that others can still begin one.
constexpr std::size_t kMostUnreadPairs = 16;

// Above all numbers.
constexpr Sequence kAll{std::numeric_limits<std::int64_t>::max()};

std::size_t count(const Session& session, Membership::Kind kind) {
  return static_cast<std::size_t>(std::ranges::count(session.memberships, kind, &Membership::kind));
}

std::optional<ErrorCode> fault_of_text(const std::string& text) {
  if (text.empty())
    return ErrorCode::text_empty;
  if (text.size() > kMaxTextBytes)
    return ErrorCode::text_too_long;
  return std::nullopt;
}

// Takes the text of a say or a whisper.
template <class Message>
AcceptedMessage accepted(SessionId id, const Session& session, Message& message,
                         std::uint64_t body) {
  return {.sender = id,
          .reactor = session.reactor,
          .connection = session.connection,
          .request = message.request,
          .id = message.id,
          .from = {session.user, session.nickname},
          .kind = message.kind,
          .text = std::move(message.text),
          .body = body};
}

}  // namespace

void Hub::handle(SessionId id, Session& session, protocol::Say& say) {
  if (const auto fault = fault_of_text(say.text))
    return refuse(session.connection, say.request, *fault);
  const std::uint64_t body = body_hash(say.room, say.kind, say.text);
  if (answer_repeat(session, say.request, say.id, body))
    return;
  HeldRoom* const held = joined_room(session, say.room);
  if (held == nullptr)
    return refuse_outsider(session, say.request, say.room);
  accept_message(*held, session, accepted(id, session, say, body));
}

void Hub::handle(SessionId id, Session& session, protocol::Whisper& whisper) {
  if (const auto fault = fault_of_text(whisper.text))
    return refuse(session.connection, whisper.request, *fault);
  // By what name is left out: it may have changed since.
  const std::uint64_t body = body_hash({}, whisper.kind, whisper.text);
  if (was_whispered_to_another(session, whisper))
    return refuse(session.connection, whisper.request, ErrorCode::id_reused);
  if (answer_repeat(session, whisper.request, whisper.id, body))
    return;
  const auto name = Nickname::make(whisper.nickname);
  const SessionId to_id = name ? registry_.holder(*name) : SessionId{};
  Session* const to = sessions_.find(to_id);
  if (to == nullptr)
    return refuse(session.connection, whisper.request, ErrorCode::no_such_nickname);
  if (whisper.user != UserId{} && whisper.user != to->user)
    return refuse(session.connection, whisper.request, ErrorCode::nickname_changed_hands);
  if (to == &session)
    return refuse(session.connection, whisper.request, ErrorCode::whisper_to_self);
  const PairKey key = std::minmax(session.user, to->user);
  const bool is_new = !pairs_.contains(key) && !ended_pairs_.contains(key);
  const std::size_t most = options_.max_pairs_per_user;
  if (is_new &&
      (session.pairs_begun >= most || count(session, Membership::Kind::ended_pair) >= most))
    return refuse(session.connection, whisper.request, ErrorCode::too_many_rooms);
  if (is_new && (rooms_.size() - open_rooms_.size() >= options_.max_pairs || !may_keep_another()))
    return refuse(session.connection, whisper.request, ErrorCode::too_many_rooms,
                  "There are as many whispers as the server may have.");
  // Whoever does not read cannot be given ever more to be read.
  if (is_new && (count(*to, Membership::Kind::ended_pair) >= most ||
                 unread_pairs_of(session.user, *to) >= kMostUnreadPairs))
    return refuse(session.connection, whisper.request, ErrorCode::too_many_rooms,
                  "They have too many whispers to read already.");
  HeldRoom& held = open_pair({session.user, id}, {to->user, to_id}, whisper.request);
  accept_message(held, session, accepted(id, session, whisper, body));
}

void Hub::refuse_outsider(const Session& session, RequestId request, RoomId room) {
  // That a pair exists is nobody's business but its two members'.
  refuse(session.connection, request,
         open_rooms_.contains(room) ? ErrorCode::not_a_member : ErrorCode::no_such_room);
}

// How many pairs that the user had begun, and left, somebody has still to read.
std::size_t Hub::unread_pairs_of(UserId user, const Session& reader) {
  return static_cast<std::size_t>(
      std::ranges::count_if(reader.memberships, [&](const Membership& membership) {
        return membership.kind == Membership::Kind::ended_pair &&
               find_room(membership.room)->pair.from.user == user;
      }));
}

// As far as that can be seen: the pair may have ended, and a name alone says little.
bool Hub::was_whispered_to_another(const Session& session, const protocol::Whisper& whisper) {
  const RecentMessages::Known* const known =
      session.details ? session.details->recent.find(whisper.id) : nullptr;
  const HeldRoom* const held = known != nullptr ? find_room(known->room) : nullptr;
  return held != nullptr && held->room.kind() == RoomKind::pair && whisper.user != UserId{} &&
         held->pair.other(session.user).user != whisper.user;
}

// Whether it is one that the session has said before. It is answered then.
bool Hub::answer_repeat(Session& session, RequestId request, const MessageId& id,
                        std::uint64_t body) {
  if (!session.details)
    return false;
  RecentMessages& recent = session.details->recent;
  const RecentMessages::Known* const known = recent.find(id);
  if (known == nullptr)
    return false;
  if (known->body != body)
    refuse(session.connection, request, ErrorCode::id_reused);
  else if (known->is_published())
    send(session, protocol::Acknowledged{request, id, known->room, known->sequence, known->time});
  else
    wait_for_first(session, request, id);
  return true;
}

void Hub::wait_for_first(Session& session, RequestId request, const MessageId& id) {
  uncommitted_bytes_ += sizeof(RecentMessages::Repeat);
  session.details->recent.repeat({session.reactor, session.connection, request, id});
}

void Hub::accept_message(HeldRoom& held, Session& session, AcceptedMessage message) {
  session.make_details().recent.accept(message.id, message.body, held.room.id());
  touch(held).add(std::move(message));
}

void Hub::handle(SessionId id, Session& session, const protocol::Rename& rename) {
  const auto name = Nickname::make(rename.nickname);
  if (!name)
    return refuse(session.connection, rename.request, ErrorCode::invalid_nickname,
                  sentence_of(name.error()));
  if (!registry_.claim(*name, id))
    return refuse(session.connection, rename.request, ErrorCode::nickname_taken);
  const Nickname before = std::exchange(session.nickname, *name);
  if (before != session.nickname)
    registry_.release(before, id);
  send(session, protocol::NicknameChanged{rename.request, std::string(name->shown())});
  note(outbox::Notice::What::renamed, session, std::string(before.shown()));
  keep_session(id, session);
  if (before.shown() == session.nickname.shown())
    return;
  for (const Membership& membership : session.memberships) {
    if (!membership.may_speak())
      continue;
    touch(*find_room(membership.room)).add(AcceptedRename{session.user, before, session.nickname});
  }
}

void Hub::handle(SessionId, Session& session, const protocol::Join& join) {
  const auto name = RoomName::make(join.name);
  if (!name)
    return refuse(session.connection, join.request, ErrorCode::invalid_room_name,
                  sentence_of(name.error()));
  const auto place = rooms_by_name_.find(*name);
  const bool is_new = place == rooms_by_name_.end();
  if (!is_new && joined_room(session, place->second->room.id()) != nullptr)
    return refuse(session.connection, join.request, ErrorCode::already_member);
  if (count(session, Membership::Kind::open) >= options_.max_rooms_per_user)
    return refuse(session.connection, join.request, ErrorCode::too_many_rooms);
  if (is_new && (open_rooms_.size() >= options_.max_rooms || !may_keep_another()))
    return refuse(session.connection, join.request, ErrorCode::too_many_rooms,
                  "There are as many rooms as the server may have.");
  enter_room(session, open_room(*name), join.request);
}

bool Hub::may_keep_another() const {
  return rooms_.size() + dormant_.size() < options_.max_kept;
}

void Hub::handle(SessionId, Session& session, const protocol::Leave& leave) {
  if (joined_room(session, leave.room) == nullptr)
    return refuse_outsider(session, leave.request, leave.room);
  leave_room(session, leave.room, LeaveReason::left);
  outbox(session.reactor).push_back(outbox::Detach{session.connection, leave.room});
  send(session, protocol::RoomClosed{leave.request, leave.room});
}

void Hub::handle(SessionId, Session& session, const protocol::ListRooms& list) {
  // At most 142 bytes a room, in a frame of 16 KiB.
  constexpr std::size_t kRoomsPerPage = 100;
  protocol::RoomPage page{.request = list.request, .last = true, .rooms = {}};
  auto place = open_rooms_.upper_bound(list.after);
  for (; place != open_rooms_.end() && page.rooms.size() < kRoomsPerPage; ++place) {
    const HeldRoom& held = *place->second;
    page.rooms.push_back({place->first, std::string(held.name->shown()),
                          static_cast<std::uint32_t>(held.room.announced().size())});
  }
  page.last = place == open_rooms_.end();
  send(session, page);
}

void Hub::handle(SessionId, Session& session, const protocol::ListMembers& list) {
  const HeldRoom* const held = joined_room(session, list.room);
  if (held == nullptr)
    return refuse_outsider(session, list.request, list.room);
  send(session, held->room.announced().page(list.request, list.room, list.after));
}

void Hub::handle(SessionId id, Session& session, const Departed& departed) {
  const bool may_come_back = departed.reason == LeaveReason::lost &&
                             options_.detached.grace > std::chrono::milliseconds::zero();
  if (may_come_back)
    detach(id, session);
  else
    end_session(id, departed.reason);
}

void Hub::handle(SessionId, Session& session, const PairRead& read) {
  const auto place = std::ranges::find(session.memberships, read.room, &Membership::room);
  if (place == session.memberships.end())
    return;
  HeldRoom& held = *find_room(read.room);
  const bool is_whole = held.uncommitted == 0 && read.place.position == held.room.log().head();
  if (place->may_speak() || !is_whole)
    return go_on(session, held, read.place);
  session.memberships.erase(place);
  keep(EndedMembership{session.user, read.room});
  release_ended_pair(session, read.room);
  // The leaving that ended it may have been dropped from the log before it was read.
  send(session, protocol::RoomClosed{RequestId{}, read.room});
}

// The other one has come back meanwhile, and perhaps left again, when the connection had already
// stopped reading.
void Hub::go_on(Session& session, HeldRoom& held, LogPlace place) {
  touch(held);
  release_reader(session, held);
  attach(session, held, place);
  const bool has_ended = held.leaver.has_value();
  if (has_ended)
    held.pair.last_reader = &held.pair.side_of(session.user);
}

void Hub::handle(SessionId, Session& session, const SnapshotWanted& wanted) {
  const HeldRoom* const held = joined_room(session, wanted.room);
  if (held == nullptr)
    return;
  if (held->room.is_listed())
    send_snapshot(session, held->room);
  else
    send(session, protocol::MemberCount{wanted.room,
                                        static_cast<std::uint32_t>(held->room.announced().size())});
}

// Also while it is not open.
bool Hub::is_kept_pair_of(UserId user, RoomId room) {
  if (!ledger_.is_durable())
    return false;
  const HeldRoom* const held = find_room(room);
  if (held == nullptr)
    return dormant_.is_pair_of(room, user);
  return !held->name && (held->pair.from.user == user || held->pair.to.user == user);
}

// The first message that the user may read of the room, or nothing when that is none of its
// business.
std::optional<Sequence> Hub::oldest_readable(const Session& session, RoomId room) {
  const auto place = std::ranges::find(session.memberships, room, &Membership::room);
  if (place == session.memberships.end())
    return is_kept_pair_of(session.user, room) ? std::optional(Sequence{1}) : std::nullopt;
  // A pair in memory belongs to those who are here; one that is kept belongs to its users.
  const bool all = place->kind == Membership::Kind::open || ledger_.is_durable();
  return all ? Sequence{1} : place->since;
}

void Hub::handle(SessionId, Session& session, const protocol::ReadHistory& read) {
  const auto oldest = oldest_readable(session, read.room);
  if (!oldest)
    return refuse_outsider(session, read.request, read.room);
  const RoomLog* const log = std::as_const(*this).log(read.room);
  const Sequence published = log != nullptr ? log->next() : kAll;
  const Sequence before = read.before == Sequence{} ? published : std::min(read.before, published);
  const std::size_t count = std::clamp<std::size_t>(read.count, 1, kMostHistory);
  auto found = log != nullptr ? history_of(*log, before, *oldest, count) : LogHistory{{}, true};
  const Sequence first = found.messages.empty() ? before : found.messages.front().sequence;
  const bool is_whole = !found.reached_tail || first <= *oldest;
  if (!is_whole && ledger_.is_durable()) {
    outbox(session.reactor)
        .push_back(outbox::ReadHistory{session.connection, read.request, read.room, before, *oldest,
                                       count});
    return;
  }
  send(session, protocol::History{.request = read.request,
                                  .room = read.room,
                                  .more = !found.reached_tail && first > *oldest,
                                  .messages = std::move(found.messages)});
}

void Hub::handle(SessionId, Session& session, const protocol::Search& search) {
  if (!ledger_.is_durable())
    return refuse(session.connection, search.request, ErrorCode::not_kept);
  if (search.text.size() > kMaxTextBytes)
    return refuse(session.connection, search.request, ErrorCode::text_too_long);
  outbox::Search asked{.connection = session.connection,
                       .request = search.request,
                       .text = search.text,
                       .rooms = {},
                       .user = session.user,
                       .before = search.before,
                       .count = std::clamp<std::size_t>(search.count, 1, kMostHistory)};
  for (const Membership& membership : session.memberships)
    if (membership.kind == Membership::Kind::open)
      asked.rooms.push_back(membership.room);
  outbox(session.reactor).push_back(std::move(asked));
}

}  // namespace chat
