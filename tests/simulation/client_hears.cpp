#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "tests/simulation/client.hpp"
#include "tests/simulation/violation.hpp"

namespace chat::sim {

void Client::receive(ByteView bytes) {
  const auto fed = decoder_.feed(bytes, [this](const Frame& frame) {
    const auto message = protocol::decode_server_message(frame);
    require(message.has_value(), "a frame that cannot be understood");
    require(!heard_goodbye_, "a frame behind the goodbye");
    std::visit([this](const auto& m) { on(m); }, *message);
    return true;
  });
  require(fed.has_value(), "bytes that are no frames");
  if (decoder_.kept_bytes() > 0)
    statistics_.add(Seen::cut_in_frame);
}

// Frames come whole or, when the connection breaks, not at all.
void Client::check_end() const {
  require(decoder_.kept_bytes() == 0, "the server ends its stream inside a frame");
}

Person Client::leave_behind(const Moment& now) const {
  Person person = person_;
  person.said_before.insert(said_here_.begin(), said_here_.end());
  const auto is_pending = [this](MessageType type) {
    return std::ranges::any_of(waiting_, [&](const auto& w) { return w.second.type == type; });
  };
  person.rooms_are_doubtful = person.rooms_are_doubtful || is_pending(MessageType::join) ||
                              is_pending(MessageType::leave) ||
                              (rooms_were_doubtful_ && (!welcome_ || !to_reopen_.empty()));
  if (welcome_)
    person.here_until = now;
  person.detached_at.reset();
  return person;
}

void Client::check_at_rest() const {
  require(waiting_.empty(), "a request was not answered");
  require(to_reopen_.empty(), "a room was not opened again");
  require(!resumed_ || foreign_.empty(), "a room that one is not in was not closed");
  for (const auto& [id, room] : person_.rooms)
    room.check_at_rest();
}

RoomStream& Client::room(RoomId id) {
  const auto place = person_.rooms.find(id);
  require(place != person_.rooms.end(), "a frame of a room that one is not in");
  require(!place->second.has_ended(), "a frame behind the last one of a pair");
  require(!to_reopen_.contains(id), "a frame of a room before it is opened again");
  return place->second;
}

std::optional<Asked> Client::answer(RequestId request) {
  if (request == RequestId{})
    return std::nullopt;
  const auto place = waiting_.find(request);
  require(place != waiting_.end(), "an answer to what was not asked, or a second one");
  Asked asked = std::move(place->second);
  waiting_.erase(place);
  return asked;
}

void Client::on(const protocol::Welcome& m) {
  const auto asked = answer(m.request);
  require(!welcome_, "a second welcome");
  require(!m.resumed || !asked->names_epoch || claimed_.empty(),
          "numbers of an unknown epoch are taken");
  welcome_ = true;
  hello_ = m.request;
  check_resumed(m);
  person_.is_doubtful = has_rivals();
  person_.rooms_are_doubtful = false;
  person_.said_goodbye = leaving_;
  person_.has_ended = false;
  person_.token = m.token;
  person_.epoch = m.epoch;
  person_.nickname = m.nickname;
  if (!m.resumed)
    return begin_session(m);
  statistics_.add(Seen::resumes);
  resumed_ = true;
  // What was not named comes as if it were new.
  std::erase_if(person_.rooms, [&](const auto& r) { return !claimed_.contains(r.first); });
  for (const auto& [id, room] : person_.rooms)
    to_reopen_.insert(id);
}

void Client::check_resumed(const protocol::Welcome& m) const {
  const std::int64_t time = m.time.milliseconds;
  if (m.resumed) {
    require(shows_token_, "a session is taken up without its token");
    require(m.user == person_.user, "another user's session is taken up");
    require(!person_.has_ended, "a session is taken up that has ended");
    require(!person_.detached_at || time - *person_.detached_at < promise_.grace_ms,
            "a session is taken up after its time");
    return;
  }
  require(m.user != person_.user, "a new session has the user of an old one");
  const Moment& since = person_.here_until;
  const bool must_be_there = shows_token_ && !person_.is_doubtful && !person_.said_goodbye &&
                             !promise_.departures.may_displace(person_.address, since.departures) &&
                             time - since.milliseconds < promise_.grace_ms;
  require(!must_be_there, "a session is gone before its time");
}

void Client::begin_session(const protocol::Welcome& m) {
  statistics_.add(Seen::sessions);
  person_.user = m.user;
  person_.identity = shown_identity_;
  person_.secret = shown_secret_;
  person_.rooms.clear();
  person_.since.clear();
  person_.place_of.clear();
  person_.said.clear();
  person_.reused.clear();
}

void Client::on(const protocol::RoomOpened& m) {
  // The hello's number is answered by the welcome, a whisper's by its acknowledgement.
  if (const auto asked = waiting_.find(m.request);
      asked != waiting_.end() && asked->second.type == MessageType::join)
    waiting_.erase(asked);
  require(welcome_, "a room is opened before the welcome");
  if (m.kind == RoomKind::pair)
    truth_.opened_pair(m.room, person_.user);
  if (resumed_ && m.request == hello_)
    return reopen(m);
  require(!person_.rooms.contains(m.room), "a room is opened that is open");
  const auto place =
      person_.rooms.emplace(m.room, RoomStream::opened(truth_, person_.user, m)).first;
  if (const auto late = late_snapshots_.extract(m.room))
    place->second.await_snapshots(late.mapped());
  person_.since[m.room] = m.next;
}

void Client::reopen(const protocol::RoomOpened& m) {
  foreign_.erase(m.room);
  const auto claimed = claimed_.find(m.room);
  const auto since = person_.since.find(m.room);
  Sequence expected = claimed == claimed_.end() ? Sequence{1} : claimed->second;
  if (since != person_.since.end())
    expected = std::max(expected, since->second);
  const bool is_known = claimed != claimed_.end() && since != person_.since.end();
  // Through a later connection, too, the room may have been left and come into again.
  const bool is_certain = is_known && !rooms_were_doubtful_ && !has_newer_;
  require(m.next == expected || (m.next > expected && !is_certain),
          "a room goes on at another place");
  auto place = person_.rooms.find(m.room);
  if (place == person_.rooms.end())
    place = person_.rooms.emplace(m.room, RoomStream::at(truth_, person_.user, m)).first;
  else
    require(to_reopen_.erase(m.room) == 1, "a room is opened that is open");
  if (place->second.has_ended())
    statistics_.add(Seen::pairs_resumed_ended);
  place->second.reopened(m);
  if (m.next > expected || claimed == claimed_.end())
    person_.since[m.room] = m.next;
  else if (rooms_were_doubtful_)  // it may have been left and come into since, up to m.next
    person_.since.erase(m.room);
}

void Client::on(const protocol::RoomClosed& m) {
  if (resumed_ && m.request == hello_) {
    close_claimed(m.room);
  } else {
    const auto closed = person_.rooms.find(m.room);
    require(closed != person_.rooms.end() && !to_reopen_.contains(m.room),
            "a room is closed that one is not in");
    if (m.request == RequestId{})
      close_pair(closed->second);
    else
      close_left(m.request, m.room, closed->second);
  }
  person_.rooms.erase(m.room);
  person_.since.erase(m.room);
}

// The session is not in it any more, or never was.
void Client::close_claimed(RoomId id) {
  if (foreign_.erase(id) > 0)
    return;
  require(to_reopen_.erase(id) == 1, "a room is closed twice");
  const bool has_ended =
      person_.rooms.at(id).kind() == RoomKind::pair && truth_.room(id).somebody_has_left();
  require(has_ended || rooms_were_doubtful_ || has_newer_, "a session has lost a room");
}

void Client::close_left(RequestId request, RoomId id, const RoomStream& room) {
  const auto asked = answer(request);
  require(asked && asked->type == MessageType::leave, "a room is closed that nobody left");
  late_snapshots_[id] = room.snapshots_due();
}

void Client::close_pair(const RoomStream& pair) {
  pair.check_closed_pair();
  if (!pair.has_ended())
    statistics_.add(Seen::pairs_closed_unheard);
}

void Client::on(const protocol::NicknameChanged& m) {
  answer(m.request);
  person_.nickname = m.nickname;
}

void Client::on(const protocol::Acknowledged& m) {
  const auto asked = answer(m.request);
  require(asked && asked->id == m.id, "an acknowledgement of what was not said");
  truth_.check(m, person_.user, asked->text);
  const auto [place, is_first] = person_.place_of.try_emplace(m.id, m.room, m.sequence);
  require(place->second == std::pair(m.room, m.sequence),
          "a message that is said again has another number");
  if (const auto known = person_.rooms.find(m.room); known != person_.rooms.end())
    known->second.acknowledged(m.sequence);
}

void Client::on(const protocol::MemberPage& m) {
  if (m.request == RequestId{})
    return hear(m);
  const auto asked = answer(m.request);
  require(asked && asked->type == MessageType::list_members, "members that nobody asked for");
}

void Client::on(const protocol::RoomPage& m) {
  const auto asked = answer(m.request);
  require(asked && asked->type == MessageType::list_rooms, "rooms that nobody asked for");
  for (const auto& room : m.rooms)
    require(!room.name.empty(), "a pair is listed");
}

void Client::on(const protocol::Error& m) {
  const auto asked = answer(m.request);
  const bool by_rival = m.code == ErrorCode::identity_refused && has_rivals();
  require(asked && (by_rival || may_be_refused(*asked, m.code)),
          fmt::format("a request is refused with {}", name_of(m.code)));
  require(m.code != ErrorCode::id_reused || person_.reused.contains(*asked->id),
          "a message that is repeated as it was is refused");
  statistics_.add(Seen::refusals);
  if (m.code == ErrorCode::id_reused)
    statistics_.add(Seen::ids_reused);
  if (m.code == ErrorCode::not_stored)
    statistics_.add(Seen::not_stored);
  // Somebody else has the name by now, so another one is wished.
  if (asked->type == MessageType::hello && m.code == ErrorCode::nickname_taken) {
    person_.nickname.clear();
    person_.wished = fmt::format("c{}x{}", person_.number, person_.messages++);
  }
}

void Client::on(const protocol::Gap& m) {
  require(promise_.forgets, "a gap where nothing had to be forgotten");
  statistics_.add(m.to < m.from ? Seen::gaps_of_presence : Seen::gaps);
  hear(m);
}

void Client::on(const protocol::Posted& m) {
  truth_.check(m);
  RoomStream& posted_in = room(m.room);
  posted_in.hear(m);
  if (posted_in.kind() == RoomKind::pair)
    truth_.check_whispered(m.room, m.sequence, person_.user);
  else if (m.user == person_.user)
    check_acknowledged(m);
}

// The acknowledgement comes before the message; but that of an earlier connection was lost with it.
void Client::check_acknowledged(const protocol::Posted& m) const {
  const MessageId& id = truth_.id_of(m.room, m.sequence);
  require(
      person_.place_of.contains(id) || !said_here_.contains(id) || person_.said_before.contains(id),
      "a message comes before its acknowledgement");
}

void Client::on(const protocol::Left& m) {
  hear(m);
  if (person_.rooms.at(m.room).has_ended())
    statistics_.add(Seen::pairs_ended);
}

void Client::on(const protocol::MemberCount& m) {
  statistics_.add(Seen::counts);
  hear(m);
}

void Client::on(const protocol::Goodbye& m) {
  heard_goodbye_ = true;
  switch (m.reason) {
    case CloseReason::quit:
      require(leaving_, "a goodbye that was not said");
      person_.has_ended = !has_rivals();
      break;
    case CloseReason::taken_over:
      require(has_newer_, "a session is taken over by nobody who came later");
      statistics_.add(Seen::takeovers);
      person_.is_doubtful = true;
      break;
    default:
      require(sent_bytes_, "a connection is ended for no reason");
      break;
  }
}

}  // namespace chat::sim
