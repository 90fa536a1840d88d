#include "tests/client/random_messages.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "tests/client/chatting.hpp"

namespace chat::client::test {
namespace {

constexpr std::uint16_t kShownOfPast = 10;

RequestId request(Dice& dice) {
  return {dice.below(12)};
}
RoomId room(Dice& dice) {
  return {dice.below(7)};
}
Sequence sequence(Dice& dice) {
  return {dice.below(9)};
}
UserId user(Dice& dice) {
  return {dice.below(14)};
}
MessageId message(Dice& dice) {
  return {0, static_cast<std::uint8_t>(dice.below(9))};
}
MessageKind kind(Dice& dice) {
  return static_cast<MessageKind>(1 + dice.below(2));
}

std::vector<protocol::Person> people(Dice& dice) {
  std::vector<protocol::Person> all;
  for (std::uint32_t i = dice.below(15); i > 0; --i)
    all.push_back({user(dice), random_text(dice)});
  return all;
}

std::vector<protocol::Departure> departures(Dice& dice) {
  std::vector<protocol::Departure> all;
  for (const auto& [user, nickname] : people(dice))
    all.push_back({user, nickname, static_cast<LeaveReason>(1 + dice.below(3))});
  return all;
}

protocol::HistoryMessage past_message(Dice& dice, Sequence number) {
  return {number, kNoon, user(dice), kind(dice), random_text(dice), random_text(dice)};
}

std::vector<protocol::HistoryMessage> past(Dice& dice) {
  std::vector<protocol::HistoryMessage> all;
  for (std::uint32_t i = dice.below(6); i > 0; --i)
    all.push_back(past_message(dice, sequence(dice)));
  return all;
}

std::vector<protocol::SearchHit> hits(Dice& dice) {
  std::vector<protocol::SearchHit> all;
  for (std::uint32_t i = dice.below(30); i > 0; --i)
    all.push_back({room(dice), sequence(dice), kNoon, user(dice), kind(dice), random_text(dice),
                   random_text(dice)});
  return all;
}

protocol::Welcome welcome(Dice& dice, RequestId request) {
  return {.request = request,
          .user = user(dice),
          .nickname = random_text(dice),
          .server = random_text(dice),
          .server_version = random_text(dice),
          .epoch = {dice.below(2)},
          .time = kNoon,
          .max_rooms = 8,
          .resumed = dice.flip(),
          .token = Bytes(dice.below(2), 1),
          .history = dice.flip() ? kShownOfPast : std::uint16_t{0}};
}

protocol::RoomOpened room_opened(Dice& dice, RequestId request) {
  return {request,           room(dice),        dice.flip() ? RoomKind::open : RoomKind::pair,
          random_text(dice), {dice.below(100)}, dice.below(10),
          dice.flip(),       dice.one_in(4),    sequence(dice)};
}

protocol::MemberPage member_page(Dice& dice, RequestId request, RoomId room) {
  return {request,     room,         dice.below(9), dice.flip(),
          dice.flip(), people(dice), {user(dice)},  {user(dice)}};
}

protocol::ServerMessage goodbye_or_ping(Dice& dice) {
  if (dice.one_in(20))
    return protocol::Goodbye{
        {}, dice.flip() ? CloseReason::shutting_down : CloseReason::taken_over, random_text(dice)};
  return protocol::Ping{request(dice)};
}

// As a server answers that keeps whatever is asked for.
struct Answer {
  Dice& dice;

  std::optional<protocol::ServerMessage> operator()(const protocol::Hello& hello) {
    return welcome(dice, hello.request);
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::Join& join) {
    auto opened = room_opened(dice, join.request);
    opened.kind = RoomKind::open;
    return opened;
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::Leave& leave) {
    return protocol::RoomClosed{leave.request, leave.room};
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::Rename& rename) {
    return protocol::NicknameChanged{rename.request, rename.nickname};
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::Say& say) {
    return protocol::Acknowledged{say.request, say.id, say.room, sequence(dice), kNoon};
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::Whisper& whisper) {
    return protocol::Acknowledged{whisper.request, whisper.id, room(dice), sequence(dice), kNoon};
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::ListRooms& list) {
    return protocol::RoomPage{
        list.request, dice.flip(), {{room(dice), random_text(dice), dice.below(9)}}};
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::ListMembers& list) {
    return member_page(dice, list.request, list.room);
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::ReadHistory& read) {
    protocol::History history{read.request, read.room, dice.flip(), {}};
    const std::uint64_t end = read.before == Sequence{} ? 100 : read.before.value;
    for (std::uint64_t number = end > read.count ? end - read.count : 1; number < end; ++number)
      history.messages.push_back(past_message(dice, {number}));
    return history;
  }
  std::optional<protocol::ServerMessage> operator()(const protocol::Search& search) {
    return protocol::SearchResults{search.request, dice.below(2), hits(dice)};
  }
  template <class Other>
  std::optional<protocol::ServerMessage> operator()(const Other&) {
    return std::nullopt;
  }
};

}  // namespace

std::string random_text(Dice& dice) {
  static const std::array<std::string, 20> kTexts{"Ann",
                                                  "Lisa",
                                                  "日本",
                                                  "e\u0301",
                                                  "\u0301",
                                                  "a b",
                                                  "\x1B[2J",
                                                  "\n",
                                                  "",
                                                  "\u202E",
                                                  "\u009B31m",
                                                  "\xC3\xFF",
                                                  "\u0627\u0644",
                                                  "\u1112\u1161",
                                                  "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                                  "\U0001F1E9\U0001F1EA",
                                                  "see https://x.y/z, Ann",
                                                  "https://x.y/" + std::string(150, 'z'),
                                                  std::string(200, 'x'),
                                                  "word word word word word word word word"};
  std::string text = dice.one_of(kTexts);
  while (dice.one_in(3))
    text += dice.one_of(kTexts);
  return text;
}

protocol::ServerMessage random_message(Dice& dice) {
  switch (dice.below(26)) {
    case 0:
      return welcome(dice, request(dice));
    case 1:
    case 2:
      return room_opened(dice, request(dice));
    case 3:
      return protocol::RoomClosed{request(dice), room(dice)};
    case 4:
      return protocol::NicknameChanged{request(dice), random_text(dice)};
    case 5:
      return protocol::Acknowledged{request(dice), message(dice), room(dice), sequence(dice),
                                    kNoon};
    case 6:
      return member_page(dice, dice.flip() ? request(dice) : RequestId{}, room(dice));
    case 7:
      return protocol::RoomPage{
          request(dice), dice.flip(), {{room(dice), random_text(dice), dice.below(9)}}};
    case 8:
      return protocol::Error{request(dice), static_cast<ErrorCode>(1 + dice.below(26)),
                             random_text(dice)};
    case 9:
      return protocol::Gap{room(dice), sequence(dice), sequence(dice)};
    case 10:
      return protocol::Joined{room(dice), kNoon, people(dice)};
    case 11:
      return protocol::Left{room(dice), kNoon, departures(dice)};
    case 12:
      return protocol::Renamed{room(dice), kNoon, user(dice), random_text(dice), random_text(dice)};
    case 13:
      return protocol::MemberCount{room(dice), dice.below(2000)};
    case 14:
      return goodbye_or_ping(dice);
    case 15:
      return protocol::Presence{room(dice),
                                kNoon,
                                {{user(dice), random_text(dice),
                                  dice.flip() ? PresenceState::here : PresenceState::lost}}};
    case 16:
      return protocol::History{request(dice), room(dice), dice.flip(), past(dice)};
    case 17:
      return protocol::SearchResults{request(dice), dice.below(2), hits(dice)};
    case 18:
      return protocol::Notice{dice.flip() ? NoticeCode::disk_full : NoticeCode::disk_recovered,
                              random_text(dice)};
    case 19:
      return protocol::Typing{room(dice), kNoon, user(dice), random_text(dice)};
    case 20:
      return protocol::Away{room(dice),        kNoon,       user(dice),
                            random_text(dice), dice.flip(), random_text(dice)};
    default:
      return protocol::Posted{room(dice),        {dice.below(200)}, kNoon, user(dice), kind(dice),
                              random_text(dice), random_text(dice)};
  }
}

std::optional<protocol::ServerMessage> random_answer(Dice& dice,
                                                     const protocol::ClientMessage& asked) {
  return std::visit(Answer{dice}, asked);
}

}  // namespace chat::client::test
