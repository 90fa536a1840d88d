// The dialects of servers that keep what is said, by the bytes that these send and expect.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/protocols/keeping.hpp"

using namespace chat;
using namespace chat::bench;

namespace {

using Told = std::vector<std::string>;

constexpr ClientIndex kSender = 0;
constexpr ClientIndex kReader = 1;

// One who sends and one who reads: what they say and are told.
struct Clients final : MessageEvents, DialectEvents {
  std::unique_ptr<Dialect> dialect;
  std::string sent;
  Told told;

  explicit Clients(Keeper keeper)
      : dialect(make_keeping_dialect(keeper, "bench", 2, kReader, *this, *this)) {}

  void send(ClientIndex, ByteView bytes) override { sent += as_text(bytes); }
  void welcomed(ClientIndex) override { told.push_back("welcomed"); }
  void settled(ClientIndex client, Sequence next) override {
    CHECK(next == Sequence{1});
    told.push_back(fmt::format("settled {}", client));
  }
  void parted(ClientIndex) override { told.push_back("parted"); }
  void trouble(std::string sentence) override { told.push_back(sentence); }
  void posted(ClientIndex, Sequence sequence, std::string_view text, Instant) override {
    told.push_back(fmt::format("{}> {}", sequence.value, text));
  }
  void acknowledged(ClientIndex, std::uint32_t number, Sequence sequence) override {
    told.push_back(fmt::format("message {} is {}", number, sequence.value));
  }

  std::string said() { return std::exchange(sent, {}); }

  // In pieces as small as they come.
  Told hears(ClientIndex client, const std::string& bytes) {
    std::string unread;
    for (const char byte : bytes) {
      unread += byte;
      unread.erase(0, dialect->take(client, as_bytes(unread), {}));
    }
    CHECK(unread.empty());
    return std::exchange(told, {});
  }
};

Clients welcome(Keeper keeper) {
  Clients clients(keeper);
  for (const ClientIndex client : {kSender, kReader})
    clients.dialect->greet(client);
  clients.sent.clear();
  return clients;
}

std::string answer(ClientIndex client, std::string_view to, std::string_view text) {
  return fmt::format("MSG answer.{}.{} 1 {}\r\n{}\r\n", client, to, text.size(), text);
}

std::string entry(int number, std::string_view text) {
  return fmt::format("*2\r\n$3\r\n0-{}\r\n*2\r\n$1\r\nm\r\n${}\r\n{}\r\n", number, text.size(),
                     text);
}

}  // namespace

TEST_CASE("redis streams: who sends adds entries, whose ids are the room's numbers") {
  Clients clients = welcome(Keeper::redis_streams);
  clients.dialect->enter(kSender, "room");
  CHECK(std::exchange(clients.told, {}) == Told{"settled 0"});
  clients.dialect->say(kSender, 0, "hi");
  clients.dialect->say(kSender, 1, "ho");
  const std::string before = "*5\r\n$4\r\nXADD\r\n$4\r\nroom\r\n$3\r\n0-*\r\n$1\r\nm\r\n";
  CHECK(clients.said() == before + "$2\r\nhi\r\n" + before + "$2\r\nho\r\n");
  CHECK(clients.hears(kSender, "$3\r\n0-1\r\n$3\r\n0-3\r\n") ==
        Told{"message 0 is 1", "message 1 is 3"});
}

TEST_CASE("redis streams: who reads asks for more when it has all of an answer") {
  Clients clients = welcome(Keeper::redis_streams);
  clients.dialect->enter(kReader, "room");
  CHECK(clients.said() == "XREAD BLOCK 0 STREAMS room 0-0\r\n");
  clients.told.clear();
  const std::string head = "%1\r\n$4\r\nroom\r\n*2\r\n";
  CHECK(clients.hears(kReader, head + entry(1, "hi")) == Told{"1> hi"});
  CHECK(clients.said().empty());
  CHECK(clients.hears(kReader, entry(2, "ho")) == Told{"2> ho"});
  CHECK(clients.said() == "XREAD BLOCK 0 STREAMS room 0-2\r\n");
}

TEST_CASE("redis streams: errors, and ids that are no numbers of a room, are trouble") {
  Clients clients = welcome(Keeper::redis_streams);
  clients.dialect->enter(kSender, "room");
  clients.told.clear();
  CHECK(clients.hears(kSender, "-MISCONF no disk\r\n") ==
        Told{"the server refused: MISCONF no disk\r\n"});
  CHECK(clients.hears(kSender, "$15\r\n1526919030474-0\r\n").size() == 1);
}

TEST_CASE("jetstream: a room is made once, and who reads has a consumer of its own") {
  Clients clients = welcome(Keeper::jetstream);
  clients.dialect->enter(kSender, "room");
  CHECK(clients.said().starts_with("PUB $JS.API.STREAM.CREATE.room answer.0.stream "));
  clients.dialect->enter(kReader, "room");
  CHECK(clients.said().empty());
  CHECK(clients.told.empty());

  CHECK(clients.hears(kSender, answer(kSender, "stream", "{\"did_create\":true}")) ==
        Told{"settled 0"});
  const std::string said = clients.said();
  CHECK(
      said.starts_with("SUB delivery.1 2\r\nPUB $JS.API.CONSUMER.CREATE.room answer.1.consumer "));
  CHECK(said.contains("\"deliver_subject\":\"delivery.1\""));
  CHECK(clients.hears(kReader, answer(kReader, "consumer", "{\"name\":\"x\"}")) ==
        Told{"settled 1"});
  CHECK(clients.hears(kReader, "MSG room 2 $JS.ACK.room.x.1.17.5.1700000000.0 2\r\nhi\r\n") ==
        Told{"17> hi"});
}

TEST_CASE("jetstream: a message is acknowledged by its number") {
  Clients clients = welcome(Keeper::jetstream);
  clients.dialect->enter(kSender, "room");
  clients.hears(kSender, answer(kSender, "stream", "{}"));
  clients.said();
  clients.dialect->say(kSender, 7, "hi");
  CHECK(clients.said() == "PUB room answer.0.7 2\r\nhi\r\n");
  CHECK(clients.hears(kSender, answer(kSender, "7", "{\"stream\":\"room\",\"seq\":12}")) ==
        Told{"message 7 is 12"});
}

TEST_CASE("jetstream: what is refused, or has no number, is trouble") {
  Clients clients = welcome(Keeper::jetstream);
  clients.dialect->enter(kSender, "room");
  CHECK(clients.hears(kSender, answer(kSender, "stream", "{\"error\":{\"code\":400}}")) ==
        Told{"the server refused: {\"error\":{\"code\":400}}"});
  CHECK(clients.hears(kSender, answer(kSender, "3", "{\"stream\":\"room\"}")) ==
        Told{"the server acknowledged without a number"});
  CHECK(clients.hears(kReader, "MSG room 2 2\r\nhi\r\n") ==
        Told{"the server sent a message without its number"});
  CHECK(clients.hears(kReader, "-ERR 'no'\r\n") == Told{"the server refused: 'no'"});
}
