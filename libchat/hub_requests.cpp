// What the hub does with each request.
#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>

#include "libchat/hub.hpp"

namespace chat {
namespace {

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

std::string sentence_of(NameError error) {
  std::string sentence(describe(error));
  sentence.front() = 'A';
  return sentence + ".";
}

}  // namespace

void Hub::handle(ConnectionId from, const protocol::Hello& hello) {
  if (hello.version == 0) {
    outbox(reactor_).push_back(outbox::Close{from, CloseReason::unsupported_version});
    return;
  }
  if (session_of(from))
    return refuse(from, hello.request, ErrorCode::already_welcome);
  const auto name = Nickname::make(hello.nickname);
  if (!name)
    return refuse(from, hello.request, ErrorCode::invalid_nickname, sentence_of(name.error()));
  if (registry_.holder(*name))
    return refuse(from, hello.request, ErrorCode::nickname_taken);
  const SessionId id = sessions_.emplace(Session{
      .connection = from,
      .user = UserId{++last_user_},
      .nickname = *name,
      .memberships = {},
      .reactor = reactor_,
  });
  registry_.claim(*name, id);
  bind(from, id);
  welcome(id, hello.request);
}

void Hub::welcome(SessionId id, RequestId request) {
  Session& session = *sessions_.find(id);
  note(outbox::Notice::What::named, session);
  send(session.reactor, session.connection,
       protocol::Welcome{
           .request = request,
           .version = kProtocolVersion,
           .user = session.user,
           .nickname = std::string(session.nickname.shown()),
           .server = options_.server_name,
           .server_version = options_.server_version,
           .epoch = options_.epoch,
           .time = now_.wall,
           .max_rooms = options_.max_rooms_per_user,
       });
  enter_room(session, *lobby_, request);
}

void Hub::handle(SessionId id, Session& session, protocol::Say& say) {
  if (const auto fault = fault_of_text(say.text))
    return refuse(session.connection, say.request, *fault);
  HeldRoom* const held = joined_room(session, say.room);
  if (held == nullptr)
    return refuse_outsider(session, say.request, say.room);
  accept_message(*held, {.sender = id,
                         .request = say.request,
                         .id = say.id,
                         .from = {session.user, session.nickname},
                         .kind = say.kind,
                         .text = std::move(say.text),
                         .sequence = {}});
}

void Hub::handle(SessionId id, Session& session, protocol::Whisper& whisper) {
  if (const auto fault = fault_of_text(whisper.text))
    return refuse(session.connection, whisper.request, *fault);
  const auto name = Nickname::make(whisper.nickname);
  const SessionId to_id = name ? registry_.holder(*name) : SessionId{};
  Session* const to = sessions_.find(to_id);
  if (to == nullptr)
    return refuse(session.connection, whisper.request, ErrorCode::no_such_nickname);
  if (whisper.user != UserId{} && whisper.user != to->user)
    return refuse(session.connection, whisper.request, ErrorCode::nickname_changed_hands);
  if (to == &session)
    return refuse(session.connection, whisper.request, ErrorCode::whisper_to_self);
  const bool is_new = !pairs_.contains(std::minmax(session.user, to->user));
  const std::size_t most = options_.max_pairs_per_user;
  if (is_new &&
      (session.pairs_begun >= most || count(session, Membership::Kind::ended_pair) >= most))
    return refuse(session.connection, whisper.request, ErrorCode::too_many_rooms);
  // Whoever does not read cannot be given ever more to be read.
  if (is_new && count(*to, Membership::Kind::ended_pair) >= most)
    return refuse(session.connection, whisper.request, ErrorCode::too_many_rooms,
                  "They have too many whispers to read already.");
  HeldRoom& held = open_pair({session.user, id}, {to->user, to_id}, whisper.request);
  accept_message(held, {.sender = id,
                        .request = whisper.request,
                        .id = whisper.id,
                        .from = {session.user, session.nickname},
                        .kind = whisper.kind,
                        .text = std::move(whisper.text),
                        .sequence = {}});
}

void Hub::refuse_outsider(const Session& session, RequestId request, RoomId room) {
  // That a pair exists is nobody's business but its two members'.
  refuse(session.connection, request,
         open_rooms_.contains(room) ? ErrorCode::not_a_member : ErrorCode::no_such_room);
}

void Hub::accept_message(HeldRoom& held, AcceptedMessage message) {
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
  send(session.reactor, session.connection,
       protocol::NicknameChanged{rename.request, std::string(name->shown())});
  note(outbox::Notice::What::renamed, session, std::string(before.shown()));
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
  if (is_new && open_rooms_.size() >= options_.max_rooms)
    return refuse(session.connection, join.request, ErrorCode::too_many_rooms,
                  "There are as many rooms as the server may have.");
  enter_room(session, open_room(*name), join.request);
}

void Hub::handle(SessionId, Session& session, const protocol::Leave& leave) {
  if (joined_room(session, leave.room) == nullptr)
    return refuse_outsider(session, leave.request, leave.room);
  leave_room(session, leave.room, LeaveReason::left);
  outbox(session.reactor).push_back(outbox::Detach{session.connection, leave.room});
  send(session.reactor, session.connection, protocol::RoomClosed{leave.request, leave.room});
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
  send(session.reactor, session.connection, page);
}

void Hub::handle(SessionId, Session& session, const protocol::ListMembers& list) {
  const HeldRoom* const held = joined_room(session, list.room);
  if (held == nullptr)
    return refuse_outsider(session, list.request, list.room);
  send(session.reactor, session.connection,
       held->room.announced().page(list.request, list.room, list.after));
}

void Hub::handle(SessionId id, Session& session, const Departed& departed) {
  // Taken first, so that leaving each does not search them all.
  const auto memberships = std::move(session.memberships);
  session.memberships.clear();
  for (const Membership& membership : memberships)
    if (membership.may_speak())
      leave_room(session, membership.room, departed.reason);
    else
      release_ended_pair(session, membership.room);
  registry_.release(session.nickname, id);
  bind(session.connection, {});
  sessions_.erase(id);
}

void Hub::handle(SessionId, Session& session, const PairRead& read) {
  const auto place = std::ranges::find(session.memberships, read.room, &Membership::room);
  if (place == session.memberships.end() || place->may_speak())
    return;
  session.memberships.erase(place);
  release_ended_pair(session, read.room);
}

void Hub::handle(SessionId, Session& session, const SnapshotWanted& wanted) {
  const HeldRoom* const held = joined_room(session, wanted.room);
  if (held == nullptr)
    return;
  if (held->room.is_listed())
    return send_snapshot(session, held->room);
  send(session.reactor, session.connection,
       protocol::MemberCount{wanted.room,
                             static_cast<std::uint32_t>(held->room.announced().size())});
}

}  // namespace chat
