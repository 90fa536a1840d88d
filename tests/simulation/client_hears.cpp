#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "libchat/log_history.hpp"
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
  require(!place->second.has_ended() || truth_.is_durable(),
          "a frame behind the last one of a pair");
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

void Client::on(const protocol::RoomOpened& m) {
  truth_.check_read(person_.user, m.room, m.read);
  // The hello's number is answered by the welcome, a whisper's by its acknowledgement.
  const auto asked = waiting_.find(m.request);
  const std::string named = asked == waiting_.end() ? "" : asked->second.name;
  if (asked != waiting_.end() && asked->second.type == MessageType::join)
    waiting_.erase(asked);
  require(welcome_, "a room is opened before the welcome");
  require(named.empty() || folded(m.name) == folded(named),
          "another room is opened than was asked");
  if (m.kind == RoomKind::pair)
    truth_.opened_pair(m.room, person_.user);
  else
    truth_.check_name(m.room, m.name);
  if (resumed_ && m.request == hello_)
    return reopen(m);
  require(!person_.rooms.contains(m.room), "a room is opened that is open");
  const auto place =
      person_.rooms.emplace(m.room, RoomStream::opened(truth_, person_.user, m)).first;
  if (const auto late = late_snapshots_.extract(m.room))
    place->second.await_snapshots(late.mapped());
  person_.since[m.room] = m.next;
}

void Client::on(const protocol::RoomClosed& m) {
  if (resumed_ && m.request == hello_) {
    close_claimed(m.room);
  } else {
    const auto closed = person_.rooms.find(m.room);
    require(closed != person_.rooms.end() && !to_reopen_.contains(m.room),
            "a room is closed that one is not in");
    if (m.request == RequestId{})
      close_pair(m.room, closed->second);
    else
      close_left(m.request, m.room, closed->second);
  }
  person_.rooms.erase(m.room);
  person_.since.erase(m.room);
}

void Client::close_left(RequestId request, RoomId id, const RoomStream& room) {
  const auto asked = answer(request);
  require(asked && asked->type == MessageType::leave, "a room is closed that nobody left");
  late_snapshots_[id] = room.snapshots_due();
}

void Client::close_pair(RoomId id, const RoomStream& pair) {
  pair.check_closed_pair();
  late_snapshots_[id] = pair.snapshots_due();  // when it begins again meanwhile
  if (!pair.has_ended())
    statistics_.add(Seen::pairs_closed_unheard);
}

void Client::on(const protocol::NicknameChanged& m) {
  answer(m.request);
  person_.nickname = m.nickname;
}

void Client::on(const protocol::Acknowledged& m) {
  const auto asked = answer(m.request);
  require(asked && asked->id == m.id && (asked->room == RoomId{} || asked->room == m.room),
          "an acknowledgement of what was not said");
  truth_.check(m, person_.user, asked->kind, asked->text);
  const std::pair here(m.room, m.sequence);
  const auto [place, is_first] = person_.place_of.try_emplace(m.id, here);
  require(place->second == here || truth_.was_forgotten(m.id),
          "a message that is said again has another number");
  place->second = here;
  if (const auto known = person_.rooms.find(m.room); known != person_.rooms.end())
    known->second.acknowledged(m.sequence);
}

void Client::on(const protocol::MemberPage& m) {
  if (m.request == RequestId{})
    return hear(m);
  const auto asked = answer(m.request);
  require(asked && asked->type == MessageType::list_members && asked->room == m.room,
          "members that nobody asked for");
  room(m.room).check_listed(m);
}

void Client::on(const protocol::RoomPage& m) {
  const auto asked = answer(m.request);
  require(asked && asked->type == MessageType::list_rooms, "rooms that nobody asked for");
  std::set<RoomId> listed;
  for (const auto& room : m.rooms) {
    require(listed.empty() || *listed.rbegin() < room.room, "a list of rooms that does not ascend");
    truth_.check_name(room.room, room.name);
    listed.insert(room.room);
  }
  for (const auto& [id, room] : person_.rooms)
    require(room.kind() == RoomKind::pair || listed.contains(id), "a room is not listed");
}

void Client::on(const protocol::History& m) {
  const auto asked = answer(m.request);
  require(asked && asked->type == MessageType::read_history && asked->room == m.room,
          "a history that nobody asked for");
  require(m.messages.size() <= asked->count, "a history of more than was asked for");
  require(truth_.is_open(m.room) || truth_.is_pair_of(m.room, person_.user),
          "a pair of others is told");
  truth_.check(m, asked->end);
  statistics_.add(Seen::histories);
  if (reads_all_ && m.more && !leaving_)
    ask_for_history(m.room, m.messages.front().sequence, kMostHistory);
}

void Client::on(const protocol::Error& m) {
  if (told_.contains(m.request))
    return require(
        may_refuse_told(m.code) || (truth_.is_durable() && m.code == ErrorCode::bad_position),
        fmt::format("what was told is refused with {}", name_of(m.code)));
  const auto asked = answer(m.request);
  const bool by_rival = m.code == ErrorCode::identity_refused && has_rivals();
  require(asked && (by_rival || may_be_refused(*asked, m.code)),
          fmt::format("a request is refused with {}", name_of(m.code)));
  require(has_cause(*asked, m.code), fmt::format("{} is untrue", name_of(m.code)));
  statistics_.add(Seen::refusals);
  if (m.code == ErrorCode::id_reused)
    statistics_.add(Seen::ids_reused);
  if (m.code == ErrorCode::not_stored)
    statistics_.add(Seen::not_stored);
  // Somebody else has the name by now, so another one is wished.
  if (m.code == ErrorCode::identity_refused && truth_.is_durable() &&
      shown_identity_ == person_.identity && shown_secret_ == person_.secret)
    become_another();
  if (asked->type == MessageType::hello && m.code == ErrorCode::nickname_taken) {
    person_.nickname.clear();
    person_.wished = fmt::format("c{}x{}", person_.number, person_.messages++);
  }
}

// Whether what an error says is so.
bool Client::has_cause(const Asked& asked, ErrorCode code) const {
  const auto room = person_.rooms.find(asked.room);
  switch (code) {
    case ErrorCode::id_reused:
      // A whisper says by name to whom.
      return person_.reused.contains(*asked.id) ||
             (asked.type == MessageType::whisper && truth_.was_said(person_.user, *asked.id));
    case ErrorCode::not_stored:
      return statistics_.of(Seen::failed_batches) > asked.failed_batches;
    case ErrorCode::not_a_member:
      return room == person_.rooms.end();
    case ErrorCode::no_such_room:
      // Who left a pair reads it all the same.
      if (asked.type == MessageType::read_history && truth_.is_durable() &&
          truth_.is_pair_of(asked.room, person_.user))
        return asked.end == Sequence{1};
      // or a pair that the other one has left, which may not be heard
      // yet
      return room == person_.rooms.end() || room->second.kind() == RoomKind::pair;
    case ErrorCode::already_member:
      return std::ranges::any_of(person_.rooms, [&](const auto& one) {
        return truth_.room(one.first).name() == asked.name;
      });
    default:
      return true;
  }
}

void Client::on(const protocol::Gap& m) {
  require(!truth_.is_durable() || m.to < m.from, "messages are missing that are stored");
  require(promise_.forgets || truth_.is_durable(), "a gap where nothing had to be forgotten");
  statistics_.add(m.to < m.from ? Seen::gaps_of_presence : Seen::gaps);
  hear(m);
}

void Client::on(const protocol::Posted& m) {
  truth_.check(m);
  RoomStream& posted_in = room(m.room);
  posted_in.hear(m);
  if (posted_in.kind() == RoomKind::pair)
    check_whisper(m);
  else if (m.user == person_.user)
    check_acknowledged(m);
}

void Client::check_whisper(const protocol::Posted& m) const {
  require(m.user != person_.user, "a whisper is sent back to who has said it");
  truth_.check_whispered(m.room, m.sequence, person_.user);
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
    case CloseReason::restarting:
      require(truth_.is_durable(), "a server without a store says that it restarts");
      break;
    default:
      require(sent_bytes_, "a connection is ended for no reason");
      break;
  }
}

}  // namespace chat::sim
