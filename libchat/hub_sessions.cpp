// How sessions begin, outlive their connection, are taken up again, and end.
#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "libchat/hub.hpp"

namespace chat {
namespace {

const IdentityId& identity_of(const Session& session) {
  static constexpr IdentityId kNone;
  return session.details ? session.details->identity : kNone;
}

SecretHash secret_of(const Session& session) {
  return session.details ? session.details->secret : SecretHash{};
}

bool proves_identity(const protocol::Hello& hello, const Session& session) {
  return hello.identity == identity_of(session) &&
         (!hello.identity || is_secret_of(hello.secret, session.details->secret));
}

// Precondition: sorted. Someone may be in a thousand rooms and tell of each.
const protocol::LastRead* find_room(const protocol::Hello& hello, RoomId room) {
  const auto place = std::ranges::lower_bound(hello.read, room, {}, &protocol::LastRead::room);
  return place == hello.read.end() || place->room != room ? nullptr : &*place;
}

std::vector<RoomId> rooms_of(const Session& session) {
  std::vector<RoomId> rooms;
  rooms.reserve(session.memberships.size());
  for (const Membership& membership : session.memberships)
    rooms.push_back(membership.room);
  std::ranges::sort(rooms);
  return rooms;
}

}  // namespace

SessionId Hub::session_of(ConnectionId connection) const {
  const auto& bindings = bindings_[reactor_.value];
  if (connection.slot >= bindings.size())
    return {};
  const SessionId id = bindings[connection.slot];
  const Session* const session = sessions_.find(id);
  // Else the slot has been given to another connection meanwhile.
  return session != nullptr && session->connection == connection ? id : SessionId{};
}

void Hub::bind(ReactorId reactor, ConnectionId connection, SessionId session) {
  auto& bindings = bindings_[reactor.value];
  if (connection.slot >= bindings.size())
    bindings.resize(connection.slot + 1);
  // A reactor says that a connection has departed before it gives the slot to another one.
  assert(!session || sessions_.find(bindings[connection.slot]) == nullptr);
  bindings[connection.slot] = session;
}

bool Hub::is_closed(ConnectionId connection) const {
  const auto& bindings = bindings_[reactor_.value];
  return connection.slot < bindings.size() && bindings[connection.slot] == kClosed;
}

void Hub::close(ReactorId reactor, ConnectionId connection, CloseReason reason) {
  bind(reactor, connection, {});
  bind(reactor, connection, kClosed);
  outbox(reactor).push_back(outbox::Close{connection, reason});
}

void Hub::hello(const Request& request, protocol::Hello& hello) {
  const ConnectionId from = request.from;
  if (session_of(from))
    return refuse(from, hello.request, ErrorCode::already_welcome);
  if (hello.version == 0)
    return close(reactor_, from, CloseReason::unsupported_version);
  if (const SessionId session = session_of_token(hello))
    return resume(session, request, hello);
  arrive(request, hello);
}

// --- new ones -----------------------------------------------------------------------------------

void Hub::arrive(const Request& request, const protocol::Hello& hello) {
  const ConnectionId from = request.from;
  const auto name = Nickname::make(hello.nickname);
  if (!name)
    return refuse(from, hello.request, ErrorCode::invalid_nickname, sentence_of(name.error()));
  const auto former = former_session(hello);
  if (!former)
    return refuse(from, hello.request, former.error());
  if (const SessionId holder = registry_.holder(*name); holder && holder != *former)
    return refuse(from, hello.request, ErrorCode::nickname_taken);
  if (*former)
    end_session(*former, LeaveReason::lost);
  const UserId user = user_of(hello);
  const SessionId id = sessions_.emplace(Session{
      .connection = from,
      .user = user,
      .nickname = *name,
      .memberships = {},
      .details = {},
      .reactor = reactor_,
      .address = request.address,
  });
  remember(id, hello);
  // A token of a session that was lost with an earlier process may name this one, too.
  if (hello.identity)
    sessions_.find(id)->details->arrival = request.arrival;
  registry_.claim(*name, id);
  bind(reactor_, from, id);
  welcome(id, hello, false);
  enter_room(*sessions_.find(id), *lobby_, hello.request);
}

// The detached session of the same identity, which a new one replaces; or nothing. An error when
// the identity is somebody else's, or here already.
std::expected<SessionId, ErrorCode> Hub::former_session(const protocol::Hello& hello) const {
  const IdentityBook::Known* const known =
      hello.identity ? identities_.find(hello.identity) : nullptr;
  if (known == nullptr)
    return SessionId{};
  if (!is_secret_of(hello.secret, known->secret))
    return std::unexpected(ErrorCode::identity_refused);
  const Session* const session = sessions_.find(known->session);
  if (session != nullptr && !session->is_detached())
    return std::unexpected(ErrorCode::identity_in_use);
  return known->session;
}

// The number that its identity has already, or a new one.
UserId Hub::user_of(const protocol::Hello& hello) {
  const IdentityBook::Known* const known =
      hello.identity ? identities_.find(hello.identity) : nullptr;
  return known != nullptr ? known->user : UserId{++last_user_};
}

void Hub::remember(SessionId id, const protocol::Hello& hello) {
  Session& session = *sessions_.find(id);
  KnownUser known{.user = session.user, .identity = hello.identity, .seen = now_.wall};
  bool is_new = true;
  if (hello.identity) {
    SessionDetails& details = session.make_details();
    details.identity = hello.identity;
    details.secret = known.secret = hash_of(hello.secret);
    if (const IdentityBook::Known* const before = identities_.find(hello.identity)) {
      is_new = false;
      details.was_known = details.has_pairs = !before->is_reader;
      identities_.begin_session(hello.identity, id);
    } else
      identities_.add(hello.identity, {known.user, known.secret, id, known.seen});
  }
  keep(known);
  keep_session(id, session, is_new);
}

void Hub::welcome(SessionId id, const protocol::Hello& hello, bool resumed) {
  const Session& session = *sessions_.find(id);
  note(resumed ? outbox::Notice::What::resumed : outbox::Notice::What::named, session);
  const auto grace = std::chrono::ceil<std::chrono::seconds>(options_.detached.grace);
  send(session, protocol::Welcome{
                    .request = hello.request,
                    .version = std::min(hello.version, kProtocolVersion),
                    .user = session.user,
                    .nickname = std::string(session.nickname.shown()),
                    .server = options_.server_name,
                    .server_version = options_.server_version,
                    .epoch = options_.epoch,
                    .time = now_.wall,
                    .max_rooms = options_.max_rooms_per_user,
                    .resumed = resumed,
                    .token = mint_.token_of(id, session.user),
                    .resume_seconds = static_cast<std::uint32_t>(grace.count()),
                    .history = options_.history,
                    .durability = options_.durability,
                });
  if (standing_notice_)
    send(session, *standing_notice_);
}

// --- taken up again -----------------------------------------------------------------------------

// The one that the hello's token names, if it may be taken up. Why it may not is nobody's business.
SessionId Hub::session_of_token(const protocol::Hello& hello) const {
  const auto named = mint_.named_by(hello.token);
  const Session* const session = named ? sessions_.find(named->session) : nullptr;
  const bool may =
      session != nullptr && session->user == named->user && proves_identity(hello, *session);
  return may ? named->session : SessionId{};
}

std::optional<ErrorCode> Hub::fault_of_reading(const Session& session,
                                               const protocol::Hello& hello) {
  if (is_reset(hello))
    return std::nullopt;
  if (!hello.read.empty() && hello.epoch != options_.epoch)
    return ErrorCode::unknown_epoch;
  for (const Membership& membership : session.memberships) {
    const protocol::LastRead* const read = chat::find_room(hello, membership.room);
    if (read != nullptr && read->sequence >= find_room(membership.room)->room.log().next())
      return ErrorCode::bad_position;
  }
  return std::nullopt;
}

void Hub::resume(SessionId id, const Request& request, protocol::Hello& hello) {
  std::ranges::stable_sort(hello.read, {}, &protocol::LastRead::room);
  const ConnectionId from = request.from;
  Session& session = *sessions_.find(id);
  if (const auto fault = fault_of_reading(session, hello))
    return refuse(from, hello.request, *fault);
  // The client had given this connection up before it made the one that has the session, or had it.
  if (session.details && request.arrival < session.details->arrival)
    return refuse(from, hello.request, ErrorCode::identity_in_use);
  if (session.is_detached()) {
    const auto place = std::exchange(session.details->detached, 0);
    if (detached_.is_announced(place))
      announce(session, PresenceState::here);
    detached_.remove(place);
  } else {
    take_over(session);
  }
  session.connection = from;
  session.reactor = reactor_;
  session.address = request.address;
  session.make_details().arrival = request.arrival;
  bind(reactor_, from, id);
  welcome(id, hello, true);
  reopen_rooms(session, hello);
}

// From the connection that it still has, which is told why it ends. Whatever that one asks for from
// now on is nobody's.
void Hub::take_over(Session& session) {
  // It may be about to end for another reason, and then still be sent what its rooms publish.
  for (const Membership& membership : session.memberships) {
    release_reader(session, *find_room(membership.room));
    outbox(session.reactor).push_back(outbox::Detach{session.connection, membership.room});
  }
  close(session.reactor, session.connection, CloseReason::taken_over);
}

// Whether the numbers that it names are of a log that may have lost its tail since.
bool Hub::is_reset(const protocol::Hello& hello) const {
  return hello.version >= 3 && !hello.read.empty() && hello.epoch != options_.epoch;
}

// Up to which message a room with the next number `next` counts as known.
Sequence Hub::last_read(const protocol::Hello& hello, const protocol::LastRead* read,
                        Sequence next) const {
  if (is_reset(hello))
    return next - 1;
  if (read != nullptr)
    return read->sequence;
  // Who can ask for what was said before is not sent years of it.
  const bool can_ask = hello.version >= 3 && ledger_.is_durable();
  const std::uint64_t shown = std::uint64_t{options_.history} + 1;
  return can_ask && next.value > shown ? next - shown : Sequence{};
}

void Hub::reopen_rooms(Session& session, const protocol::Hello& hello) {
  std::size_t bytes = 0;
  for (const Membership& membership : session.memberships)
    reopen(session, membership, hello, bytes);
  const std::vector<RoomId> rooms = rooms_of(session);
  for (const protocol::LastRead& read : hello.read)
    if (!std::ranges::binary_search(rooms, read.room))
      send(session, protocol::RoomClosed{hello.request, read.room});
}

// `list_bytes`: what was sent of lists of members so far.
void Hub::reopen(Session& session, const Membership& membership, const protocol::Hello& hello,
                 std::size_t& list_bytes) {
  HeldRoom& held = *find_room(membership.room);
  touch(held);
  const protocol::LastRead* const read = chat::find_room(hello, membership.room);
  const Sequence before = membership.since - 1;
  const Sequence last = std::max(before, last_read(hello, read, held.room.log().next()));
  const LogPlace place = held.room.log().behind(last);
  const bool listed = held.room.is_listed();
  send(session,
       protocol::RoomOpened{
           .request = hello.request,
           .room = membership.room,
           .kind = held.room.kind(),
           .name = name_for(session, held),
           .next = place.next,
           .members = static_cast<std::uint32_t>(held.room.announced().size()),
           .listed = listed,
           .reset = is_reset(hello),
           .read = std::min(reads_.of(session.user, membership.room), held.room.log().next() - 1),
       });
  // Where a gap comes first, the reactor asks for a snapshot behind it.
  const bool needs_list = listed && place.position >= held.room.log().tail();
  // Nothing comes behind the end of a pair that the other one has left.
  const bool at_once = list_bytes < options_.lists_at_once_bytes || !membership.may_speak();
  if (needs_list && at_once)
    list_bytes += send_snapshot(session, held.room);
  attach(session, held, place);
  if (needs_list && !at_once)
    outbox(session.reactor).push_back(outbox::SnapshotDue{session.connection, held.room.id()});
  if (membership.kind == Membership::Kind::ended_pair)
    held.pair.last_reader = &held.pair.side_of(session.user);
}

std::string Hub::name_for(const Session& session, const HeldRoom& held) const {
  if (held.name)
    return std::string(held.name->shown());
  if (held.leaver)
    return std::string(held.leaver->shown());
  const Session& other = *sessions_.find(held.pair.other(session.user).session);
  return std::string(other.nickname.shown());
}

// --- without a connection -----------------------------------------------------------------------

void Hub::detach(SessionId id, Session& session) {
  for (const Membership& membership : session.memberships)
    release_reader(session, *find_room(membership.room));
  bind(session.reactor, session.connection, {});
  session.connection = {};
  const AddressKey address = session.address;
  session.make_details().detached =
      detached_.add(id, address, session.memberships.size(), now_.monotonic);
  while (const auto surplus = detached_.surplus(address))
    end_session(*surplus, LeaveReason::lost);
}

// Whoever has said and read nothing and was in no pair leaves nothing that would have to be known
// as theirs. So one who comes and goes as ever more people fills nothing; one who has each of them
// read something, no more than the place for readers of this process.
void Hub::forget_or_keep(const Session& session) {
  const IdentityId& identity = identity_of(session);
  const bool has_pairs = session.details && session.details->has_pairs;
  const bool has_said = identity && session.details &&
                        (session.details->was_known || !session.details->recent.empty());
  const bool has_left = has_pairs || has_said;
  const bool is_kept = ledger_.is_durable() && (has_left || (identity && reads_.has(session.user)));
  if (identity && is_kept)
    identities_.end_session(identity, now_.wall, !has_left);
  else if (identity)
    identities_.forget(identity);
  keep(EndedSession{session.user});
  if (!is_kept)
    return forget_user(session.user);
  keep(KnownUser{session.user, identity, secret_of(session), now_.wall});
  keep_reads_of(session.user);
}

void Hub::tend_detached() {
  // When very many connections broke at once, others are served between their ends. What one of
  // them costs is its rooms.
  constexpr std::size_t kAtOnce = 512;
  std::size_t done = 0;
  while (done < kAtOnce) {
    const auto id = detached_.take_unannounced(now_.monotonic);
    if (!id)
      break;
    done += cost_of(*id);
    announce(*sessions_.find(*id), PresenceState::lost);
  }
  while (done < kAtOnce) {
    const auto id = detached_.expired(now_.monotonic);
    if (!id)
      break;
    done += cost_of(*id);
    end_session(*id, LeaveReason::lost);
  }
}

// Rarely more than one is due; of many, others are served between them.
void Hub::tend_identities() {
  constexpr std::size_t kAtOnce = 64;
  if (!ledger_.is_durable())
    return;
  for (std::size_t done = 0; done < kAtOnce; ++done) {
    const auto user = identities_.take_expired(now_.wall);
    if (!user)
      return;
    forget_user(*user);
  }
}

std::size_t Hub::cost_of(SessionId id) const {
  return 1 + sessions_.find(id)->memberships.size();
}

void Hub::end_session(SessionId id, LeaveReason reason) {
  Session& session = *sessions_.find(id);
  // Taken first, so that leaving each does not search them all.
  const auto memberships = std::move(session.memberships);
  session.memberships.clear();
  for (const Membership& membership : memberships)
    if (membership.may_speak())
      leave_room(session, membership.room, reason);
    else
      release_ended_pair(session, membership.room);
  registry_.release(session.nickname, id);
  forget_or_keep(session);
  if (session.details)
    uncommitted_bytes_ -= session.details->recent.repeats() * sizeof(RecentMessages::Repeat);
  if (session.is_detached())
    detached_.remove(session.details->detached);
  else
    bind(session.reactor, session.connection, {});
  sessions_.erase(id);
}

}  // namespace chat
