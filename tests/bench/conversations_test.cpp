#include "bench/scenarios/conversations.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace chat;
using namespace chat::bench;

namespace {

// Four clients who all talk, in three rooms and two pairs, and a server that can be told to do it
// wrong.
struct Chat {
  struct Said {
    ClientIndex sender;
    Conversations::Line line;
    Sequence sequence;
  };
  static constexpr std::uint32_t kClients = 4;
  Conversations conversations{kClients, kClients, 3, 40};
  std::vector<Places> places;
  // By the name of the room, or of the two in a pair.
  std::map<std::string, std::vector<Said>> said;

  Chat() {
    for (ClientIndex client = 0; client < kClients; ++client)
      places.push_back(conversations.places_of(client, "room"));
    Dice dice(1);
    for (int message = 0; message < 100; ++message)
      for (ClientIndex sender = 0; sender < kClients; ++sender)
        say(sender, conversations.compose(sender, dice, {}));
  }

  std::string name_of(ClientIndex client, Place place) const {
    if (place < places[client].rooms.size())
      return places[client].rooms[place];
    return "pair of " + std::to_string(std::min(client, *places[client].partner));
  }

  void say(ClientIndex sender, Conversations::Line line) {
    auto& room = said[name_of(sender, line.place)];
    const Sequence sequence{room.size() + 1};
    conversations.acknowledge(sender, line.place, line.number, sequence);
    room.push_back({sender, std::move(line), sequence});
  }

  void deliver(ClientIndex client, Place place, const Said& one) {
    if (place < places[client].rooms.size() || one.sender != client)
      conversations.deliver(client, place, one.sequence, one.line.text);
    else
      conversations.recall(client, one.sequence, one.line.text);
  }

  void deliver_all(ClientIndex client) {
    for (Place place = 0; place <= places[client].pair(); ++place)
      for (const Said& one : said[name_of(client, place)])
        deliver(client, place, one);
  }
  void deliver_all() {
    for (ClientIndex client = 0; client < kClients; ++client)
      deliver_all(client);
  }
};

}  // namespace

TEST_CASE("each client is in two rooms, and neighbours who talk are in a pair") {
  const Conversations conversations(5, 3, 3, 40);
  CHECK(conversations.places_of(0, "room").rooms == std::vector<std::string>{"room-0", "room-1"});
  CHECK(conversations.places_of(2, "room").rooms == std::vector<std::string>{"room-2", "room-0"});
  CHECK(conversations.places_of(0, "room").partner == 1);
  CHECK(conversations.places_of(1, "room").partner == 0);
  CHECK_FALSE(conversations.places_of(2, "room").partner.has_value());
  CHECK_FALSE(conversations.places_of(4, "room").partner.has_value());
  CHECK(Conversations(2, 2, 1, 40).places_of(1, "room").rooms ==
        std::vector<std::string>{"room-0"});
}

TEST_CASE("what is said comes to rooms and pairs, and each text tells which") {
  Chat chat;
  CHECK(chat.said.size() == 5);
  std::set<std::string> marks;
  for (const auto& [name, room] : chat.said)
    for (const Chat::Said& one : room)
      marks.insert(one.line.text);
  CHECK(marks.size() == 400);
  CHECK(chat.conversations.whispers() > 0);
}

TEST_CASE("conversations in which all comes once and in order are clean") {
  Chat chat;
  CHECK(chat.conversations.outstanding() > 0);
  chat.deliver_all();
  CHECK(chat.conversations.outstanding() == 0);
  CHECK(chat.conversations.judge().clean());
  CHECK(chat.conversations.judge().sent == 400);
}

TEST_CASE("a message that is lost, doubled or swapped is noticed, wherever it was said") {
  for (const std::string room : {"room-0", "room-1", "pair of 0"}) {
    CAPTURE(room);
    const auto is_here = [&](const Chat& chat, Place place) {
      return chat.name_of(0, place) == room;
    };
    const auto run = [&](auto change) {
      Chat chat;
      for (ClientIndex client = 1; client < Chat::kClients; ++client)
        chat.deliver_all(client);
      for (Place place = 0; place <= chat.places[0].pair(); ++place) {
        auto messages = chat.said[chat.name_of(0, place)];
        std::erase_if(messages, [&](const Chat::Said& one) {
          return place == chat.places[0].pair() && one.sender == 0;
        });
        if (is_here(chat, place))
          change(messages);
        for (const Chat::Said& one : messages)
          chat.deliver(0, place, one);
      }
      return chat.conversations.judge();
    };
    CHECK(run([](auto&) {}).clean());
    CHECK(run([](auto& messages) { messages.erase(messages.begin() + 3); }).lost == 1);
    CHECK(run([](auto& messages) { messages.push_back(messages[3]); }).duplicated == 1);
    CHECK(run([](auto& messages) { std::swap(messages[3], messages[4]); }).misordered == 1);
  }
}

TEST_CASE("a message that comes to another room is foreign there, and lost here") {
  Chat chat;
  chat.deliver_all();
  const Chat::Said& one = chat.said["room-0"][0];
  chat.conversations.deliver(0, 1, one.sequence, one.line.text);
  CHECK(chat.conversations.judge().foreign == 1);
}

TEST_CASE("who begins anew is to get all of its rooms and its pair again") {
  Chat chat;
  chat.deliver_all();
  chat.conversations.begin_anew(2);
  CHECK(chat.conversations.outstanding() > 0);
  CHECK(chat.conversations.judge().lost > 0);
  chat.deliver_all(2);
  CHECK(chat.conversations.outstanding() == 0);
  CHECK(chat.conversations.judge().clean());
}
