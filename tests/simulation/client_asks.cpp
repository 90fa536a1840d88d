#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "libchat/log_history.hpp"
#include "tests/simulation/client.hpp"

namespace chat::sim {
namespace {

constexpr std::size_t kMostRemembered = 40;
constexpr RoomId kNowhere{4'000'000'000};

MessageId message_id(std::uint32_t person, std::uint32_t message) {
  MessageId id{};
  for (std::size_t i = 0; i < 4; ++i) {
    id[i] = static_cast<std::uint8_t>(person >> (8 * i));
    id[4 + i] = static_cast<std::uint8_t>(message >> (8 * i));
  }
  return id;
}

// Nobody else's.
std::uint8_t other_identity(const Person& person) {
  const bool has_first = person.identity >= 100 && person.identity < 150;
  return static_cast<std::uint8_t>((has_first ? 150 : 100) + person.number);
}

}  // namespace

template <class Message>
void Client::ask(Message message, Asked asked) {
  message.request = last_request_ = RequestId{last_request_.value + 1};
  asked.type = Message::type;
  asked.failed_batches = statistics_.of(Seen::failed_batches);
  waiting_.emplace(message.request, std::move(asked));
  protocol::append_frame(outgoing_, message);
}

void Client::hello(Claim what) {
  Asked asked{.type = MessageType::hello,
              .may_be_refused_identity = person_.is_doubtful,
              .is_first_hello = last_request_ == RequestId{}};
  protocol::Hello hello{.nickname = person_.nickname.empty() ? person_.wished : person_.nickname,
                        .identity = {{person_.identity}},
                        .secret = {{person_.secret}},
                        .token = person_.token,
                        .epoch = person_.epoch};
  for (const auto& [id, room] : person_.rooms)
    hello.read.push_back({id, room.next() - 1});
  claim(what, hello, asked);
  claimed_epoch_ = hello.epoch;
  asked.version = hello.version;
  shown_identity_ = hello.identity.value[0];
  shown_secret_ = hello.secret.value[0];
  // Who has no identity needs no secret.
  const bool is_proven = shown_identity_ == person_.identity &&
                         (shown_secret_ == person_.secret || person_.identity == 0);
  shows_token_ = !hello.token.empty() && hello.token == person_.token && is_proven;
  if (!shows_token_)
    person_.is_doubtful = true;
  claimed_.clear();
  for (const auto& read : hello.read)
    claimed_[read.room] = read.sequence + 1;
  rooms_were_doubtful_ = person_.rooms_are_doubtful;
  ask(std::move(hello), std::move(asked));
}

void Client::claim(Claim what, protocol::Hello& hello, Asked& asked) {
  switch (what) {
    case Claim::wrong_token:
      if (!hello.token.empty())
        hello.token.back() ^= 1;
      break;
    case Claim::short_token:
      hello.token.resize(hello.token.size() / 2);
      break;
    case Claim::no_token:
      hello.token.clear();
      break;
    case Claim::wrong_secret:
      ++hello.secret.value[0];
      asked.may_be_refused_identity = true;
      break;
    case Claim::other_identity:
      hello.identity = {{other_identity(person_)}};
      asked.may_be_refused_identity = true;  // it may have had this one before, with another secret
      break;
    case Claim::future_positions:
      asked.names_future = true;
      for (auto& read : hello.read)
        read.sequence = truth_.room(read.room).next() + person_.number % 2 * 1000;
      break;
    case Claim::unknown_epoch:
      // From version 3 on that is no error.
      asked.names_epoch = true;
      hello.epoch = Epoch{99};
      hello.version = person_.number % 2 == 0 ? 2 : kProtocolVersion;
      break;
    case Claim::no_positions:
      hello.read.clear();
      break;
    case Claim::old_positions:
      for (auto& read : hello.read)
        read.sequence = Sequence{read.sequence.value / 2};
      break;
    case Claim::foreign_rooms:
      for (std::uint32_t id = 1; id < 8; ++id)
        if (!person_.rooms.contains(RoomId{id}))
          foreign_.insert(RoomId{id});
      foreign_.insert(kNowhere);
      for (const RoomId id : foreign_)
        hello.read.push_back({id, {}});
      break;
    default:
      break;
  }
}

// Nobody knows any more by what secret it has proven who it is.
void Client::become_another() {
  person_.identity = other_identity(person_);
}

void Client::say(std::uint32_t number, std::uint32_t bytes) {
  if (const auto room = room_number(number))
    remember({.id = message_id(person_.number, ++person_.messages),
              .room = *room,
              .to = {},
              .user = {},
              .text = std::string(1 + bytes % 4000, 'x') + std::to_string(person_.messages),
              .kind = number % 4 == 3 ? MessageKind::action : MessageKind::text});
}

void Client::whisper(const std::string& to, UserId user, std::uint32_t bytes) {
  if (!welcome_ || leaving_)
    return;
  const MessageId id = message_id(person_.number, ++person_.messages);
  if (user != UserId{})
    truth_.meant_for(id, user);
  remember({.id = id,
            .room = {},
            .to = to,
            .user = user,
            .text = std::string(1 + bytes % 4000, 'w') + std::to_string(person_.messages)});
}

void Client::remember(Said said) {
  person_.said.push_back(std::move(said));
  if (person_.said.size() > kMostRemembered)
    person_.said.pop_front();
  ask(person_.said.back());
}

// With another text, in another room where there is one, or as an action.
Said Client::changed(Said said, std::uint32_t how) const {
  const auto room = room_number(how);
  if (how % 3 == 0)
    said.text += "?";
  else if (how % 3 == 1 && room && said.room != RoomId{} && said.room != *room)
    said.room = *room;
  else
    said.kind = said.kind == MessageKind::text ? MessageKind::action : MessageKind::text;
  return said;
}

void Client::repeat(std::uint32_t which, bool with_another_body) {
  if (!welcome_ || leaving_ || person_.said.empty())
    return;
  Said said = person_.said[person_.said.size() - 1 - which % person_.said.size()];
  if (with_another_body) {
    said = changed(std::move(said), which);
    person_.reused.insert(said.id);
  }
  statistics_.add(person_.place_of.contains(said.id) ? Seen::repeats : Seen::repeats_in_flight);
  ask(said);
}

void Client::ask(const Said& said) {
  Asked asked{.type = MessageType::say,
              .id = said.id,
              .text = said.text,
              .kind = said.kind,
              .room = said.room,
              .name = said.to};
  if (said.room == RoomId{})
    ask(protocol::Whisper{.id = said.id,
                          .user = said.user,
                          .nickname = said.to,
                          .kind = said.kind,
                          .text = said.text},
        std::move(asked));
  else
    ask(protocol::Say{.room = said.room, .id = said.id, .kind = said.kind, .text = said.text},
        std::move(asked));
  said_here_.insert(said.id);
}

void Client::rename(std::uint32_t name, bool in_capitals) {
  if (welcome_ && !leaving_)
    ask(protocol::Rename{.nickname = fmt::format("{}{}", in_capitals ? 'N' : 'n', name % 6)}, {});
}

void Client::join(std::uint32_t room) {
  const std::string name = fmt::format("r{}", room % 4);
  if (welcome_ && !leaving_)
    ask(protocol::Join{.name = name}, {.name = name});
}

void Client::leave(std::uint32_t number) {
  if (const auto room = room_number(number))
    ask(protocol::Leave{.room = *room}, {.room = *room});
}

void Client::list(std::uint32_t number) {
  if (!welcome_ || leaving_)
    return;
  if (number % 2 == 0)
    ask(protocol::ListRooms{}, {});
  else if (const auto room = room_number(number))
    ask(protocol::ListMembers{.room = *room}, {.room = *room});
}

template <class Message>
void Client::tell(Message message) {
  message.request = last_request_ = RequestId{last_request_.value + 1};
  told_.insert(message.request);
  protocol::append_frame(outgoing_, message);
}

void Client::tell(std::uint32_t number, std::uint32_t what) {
  const auto room = room_number(number);
  if (!room)
    return;
  const Sequence next = person_.rooms.at(*room).next();
  switch (what % 5) {
    case 0:
      return tell(protocol::TellTyping{.request = {}, .room = *room});
    case 1:
      return tell(protocol::SetAway{.request = {}, .is_away = true, .sentence = "lunch"});
    case 2:
      return tell(protocol::SetAway{.request = {}, .is_away = false, .sentence = {}});
    default:
      truth_.marked(person_.user, *room, next - 1);
      return tell(protocol::MarkRead{.request = {}, .room = *room, .sequence = next - 1});
  }
}

void Client::read(std::uint32_t number, bool of_all, bool from_before, std::size_t count) {
  constexpr std::uint32_t kRoomsKnown = 12;
  const auto room = of_all ? std::optional(RoomId{1 + number % kRoomsKnown}) : room_number(number);
  if (!welcome_ || leaving_ || !room)
    return;
  const Sequence next = truth_.room(*room).next();
  ask_for_history(*room, from_before ? Sequence{1 + next.value / 2} : Sequence{}, count);
}

void Client::ask_for_history(RoomId room, Sequence before, std::size_t count) {
  const Sequence next = truth_.room(room).next();
  ask(
      protocol::ReadHistory{
          .room = room, .before = before, .count = static_cast<std::uint16_t>(count)},
      {.room = room,
       .end = before == Sequence{} ? next : std::min(before, next),
       .count = std::max<std::size_t>(count, 1)});
}

void Client::say_again() {
  if (!welcome_ || leaving_)
    return;
  const auto said = person_.said;
  for (const Said& one : said)
    if (!person_.place_of.contains(one.id) && !person_.reused.contains(one.id))
      ask(one);
}

void Client::read_all() {
  if (!welcome_ || leaving_)
    return;
  reads_all_ = true;
  for (const auto& [id, room] : person_.rooms)
    ask_for_history(id, {}, kMostHistory);
}

void Client::goodbye() {
  if (!welcome_ || leaving_)
    return;
  protocol::append_frame(outgoing_, protocol::Goodbye{.request = {}, .reason = CloseReason::quit});
  leaving_ = person_.said_goodbye = true;
}

void Client::junk(Junk kind) {
  if (!welcome_ || leaving_)
    return;
  const MessageId id = message_id(person_.number, ++person_.messages);
  protocol::Say say{.room = RoomId{1}, .id = id, .text = "junk"};
  Bytes& out = outgoing_;
  switch (kind) {
    case Junk::unknown_type:
      ask(say, {.must_fail = ErrorCode::unknown_type});
      out[out.size() - protocol::encode(say).size() + kLengthBytes] = 0x7F;
      break;
    case Junk::long_text:
      say.text = std::string(kMaxTextBytes + 1, 'x');
      ask(say, {.must_fail = ErrorCode::text_too_long});
      break;
    case Junk::empty_text:
      say.text.clear();
      ask(say, {.must_fail = ErrorCode::text_empty});
      break;
    case Junk::bad_utf8:
      say.text = "\xC0\x80";
      ask(say, {.must_fail = ErrorCode::invalid_utf8});
      break;
    case Junk::bad_kind:
      say.kind = static_cast<MessageKind>(7);
      ask(say, {.must_fail = ErrorCode::bad_value});
      break;
    case Junk::foreign_room:
      say.room = kNowhere;
      ask(say, {.must_fail = ErrorCode::no_such_room});
      break;
    case Junk::too_large:
      append(out, Bytes{0x7F, 0xFF, 0xFF, 0xFF, 0x02});
      sent_bytes_ = true;
      break;
    default:
      append(out, Bytes{0, 0, 0, 3, 0x02, 0, 0});
      sent_bytes_ = true;
      break;
  }
}

std::optional<RoomId> Client::room_number(std::uint32_t number) const {
  if (!welcome_ || leaving_ || person_.rooms.empty())
    return std::nullopt;
  const auto n = static_cast<std::ptrdiff_t>(number % person_.rooms.size());
  return std::next(person_.rooms.begin(), n)->first;
}

void Client::drop_outgoing(std::size_t bytes) {
  outgoing_.erase(outgoing_.begin(), outgoing_.begin() + static_cast<std::ptrdiff_t>(bytes));
}

}  // namespace chat::sim
