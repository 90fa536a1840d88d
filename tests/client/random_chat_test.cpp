// Any sequence of frames, keys and sizes: nothing breaks. Worth most with sanitizers.

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "client/controller.hpp"
#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/view.hpp"
#include "libchat/protocol.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using chat::client::test::kNoon;
using chat::client::test::new_model;

namespace {

// Numbers are drawn from small ranges, so that they often mean something.
class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_() % n); }
  bool flip() { return below(2) == 0; }

  std::string text() {
    static const std::array<std::string, 12> kTexts{"Ann",
                                                    "Lisa",
                                                    "日本",
                                                    "e\u0301",
                                                    "\u0301",
                                                    "a b",
                                                    "\x1B[2J",
                                                    "\n",
                                                    "",
                                                    "\u202E",
                                                    std::string(200, 'x'),
                                                    "word word word word word word word word"};
    return kTexts[below(kTexts.size())];
  }
  RequestId request() { return {below(12)}; }
  RoomId room() { return {below(5)}; }
  Sequence sequence() { return {below(9)}; }
  UserId user() { return {below(8)}; }
  MessageId message() { return {0, static_cast<std::uint8_t>(below(9))}; }

 private:
  std::mt19937 engine_;
};

std::vector<protocol::Person> people(Dice& dice) {
  std::vector<protocol::Person> all;
  for (std::uint32_t i = dice.below(15); i > 0; --i)
    all.push_back({dice.user(), dice.text()});
  return all;
}

std::vector<protocol::Departure> departures(Dice& dice) {
  std::vector<protocol::Departure> all;
  for (const auto& [user, nickname] : people(dice))
    all.push_back({user, nickname, static_cast<LeaveReason>(1 + dice.below(3))});
  return all;
}

std::vector<protocol::HistoryMessage> past(Dice& dice) {
  std::vector<protocol::HistoryMessage> all;
  for (std::uint32_t i = dice.below(6); i > 0; --i)
    all.push_back(
        {dice.sequence(), kNoon, dice.user(), MessageKind::text, dice.text(), dice.text()});
  return all;
}

std::vector<protocol::SearchHit> hits(Dice& dice) {
  std::vector<protocol::SearchHit> all;
  for (std::uint32_t i = dice.below(6); i > 0; --i)
    all.push_back({dice.room(), dice.sequence(), kNoon, dice.user(), MessageKind::text, dice.text(),
                   dice.text()});
  return all;
}

protocol::ServerMessage any_message(Dice& dice) {
  switch (dice.below(22)) {
    case 0:
      return protocol::Welcome{.request = dice.request(),
                               .user = dice.user(),
                               .nickname = dice.text(),
                               .server = dice.text(),
                               .server_version = dice.text(),
                               .epoch = {dice.below(2)},
                               .time = kNoon,
                               .max_rooms = 8,
                               .resumed = dice.flip(),
                               .token = Bytes(dice.below(2), 1),
                               .history = static_cast<std::uint16_t>(dice.below(5))};
    case 1:
    case 2:
      return protocol::RoomOpened{
          dice.request(), dice.room(),     dice.flip() ? RoomKind::open : RoomKind::pair,
          dice.text(),    dice.sequence(), dice.below(10),
          dice.flip(),    dice.flip()};
    case 3:
      return protocol::RoomClosed{dice.request(), dice.room()};
    case 4:
      return protocol::NicknameChanged{dice.request(), dice.text()};
    case 5:
      return protocol::Acknowledged{dice.request(), dice.message(), dice.room(), dice.sequence(),
                                    kNoon};
    case 6:
      return protocol::MemberPage{dice.flip() ? dice.request() : RequestId{},
                                  dice.room(),
                                  dice.below(9),
                                  dice.flip(),
                                  dice.flip(),
                                  people(dice),
                                  {dice.user()}};
    case 7:
      return protocol::RoomPage{
          dice.request(), dice.flip(), {{dice.room(), dice.text(), dice.below(9)}}};
    case 8:
      return protocol::Error{dice.request(), static_cast<ErrorCode>(1 + dice.below(26)),
                             dice.text()};
    case 9:
      return protocol::Gap{dice.room(), dice.sequence(), dice.sequence()};
    case 10:
      return protocol::Joined{dice.room(), kNoon, people(dice)};
    case 11:
      return protocol::Left{dice.room(), kNoon, departures(dice)};
    case 12:
      return protocol::Renamed{dice.room(), kNoon, dice.user(), dice.text(), dice.text()};
    case 13:
      return protocol::MemberCount{dice.room(), dice.below(2000)};
    case 14:
      if (dice.below(20) == 0)
        return protocol::Goodbye{
            {}, dice.flip() ? CloseReason::shutting_down : CloseReason::taken_over, dice.text()};
      return protocol::Ping{dice.request()};
    case 15:
      return protocol::Presence{
          dice.room(),
          kNoon,
          {{dice.user(), dice.text(), dice.flip() ? PresenceState::here : PresenceState::lost}}};
    case 16:
      return protocol::History{dice.request(), dice.room(), dice.flip(), past(dice)};
    case 17:
      return protocol::SearchResults{dice.request(), dice.below(2), hits(dice)};
    case 18:
      return protocol::Notice{dice.flip() ? NoticeCode::disk_full : NoticeCode::disk_recovered,
                              dice.text()};
    default:
      return protocol::Posted{dice.room(),
                              dice.sequence(),
                              kNoon,
                              dice.user(),
                              static_cast<MessageKind>(1 + dice.below(2)),
                              dice.text(),
                              dice.text()};
  }
}

std::string any_line(Dice& dice) {
  static const std::array<std::string, 16> kLines{
      "@Lisa hi", "hi l",   "hi A", "/who",  "/rooms", "/clear", "/help", "/join ",
      "/leave ",  "/nick ", "@",    "/msg ", "//",     "/me hi", " ",     "/search x"};
  return kLines[dice.below(kLines.size())];
}

Key any_key(Dice& dice) {
  switch (dice.below(6)) {
    case 0:
      return Typed{any_line(dice)};
    case 1:
      return Typed{dice.text()};
    case 2:
      return Control{"abdefkruwy_g"[dice.below(12)]};
    case 3:
      return Alt{static_cast<char32_t>(U'0' + dice.below(10))};
    case 4:
      return Modified{static_cast<NamedKey>(dice.below(26)), {.alt = true}};
    default:
      return static_cast<NamedKey>(dice.below(26));
  }
}

Size any_size(Dice& dice) {
  return {Columns{static_cast<int>(dice.below(90))}, Rows{static_cast<int>(dice.below(12))}};
}

// Mostly one; sometimes those that a person presses one after the other.
std::vector<Key> any_keys(Dice& dice) {
  if (dice.below(20) > 0)
    return {any_key(dice)};
  return {Control{'u'}, Typed{any_line(dice)}, NamedKey::tab, NamedKey::enter, NamedKey::tab};
}

bool is_over(const Model& model) {
  return model.phase() == Phase::disconnected || model.phase() == Phase::quitting;
}

void step(Dice& dice, Model& model, Controller& controller) {
  const Size size = any_size(dice);
  if (dice.flip())
    model.receive(any_message(dice), kNoon);
  else
    for (const Key& key : any_keys(dice))
      controller.press(key, layout_for(size).chat.size, kNoon);
  if (dice.below(200) == 0)
    model.connection_lost(dice.text(), kNoon);
  if (dice.below(5) == 0 && model.wants_connection())
    model.connected(kNoon);
  controller.model_changed();
  model.take_outgoing();
  REQUIRE(compose(model, controller, size).size() == size);
}

}  // namespace

TEST_CASE("no sequence of frames, keys and sizes breaks the client") {
  for (unsigned seed = 0; seed < 30; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    for (int left = 600; left > 0;) {
      Model model = new_model();
      Controller controller(model);
      model.start(dice.below(4) == 0 ? "two words" : "Ann", kNoon);
      // Goes on for a while behind the end.
      for (; left > 0 && (!is_over(model) || dice.below(20) > 0); --left)
        step(dice, model, controller);
    }
  }
}
