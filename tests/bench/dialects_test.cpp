// The dialects of other servers, by the bytes that these send and expect.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/nickname.hpp"
#include "bench/protocols/posted_view.hpp"
#include "libchat/protocol.hpp"

using namespace chat;
using namespace chat::bench;
using namespace std::string_literals;

namespace {

using Told = std::vector<std::string>;

// Writes down what fake clients say and are told.
struct Clients final : MessageEvents, DialectEvents {
  std::unique_ptr<Dialect> dialect;
  std::string sent;
  Told told;

  explicit Clients(Protocol protocol) : dialect(make_dialect(protocol, "bench", 2, *this, *this)) {}

  void send(ClientIndex, ByteView bytes) override { sent += as_text(bytes); }
  void welcomed(ClientIndex) override { told.push_back("welcomed"); }
  void settled(ClientIndex, Sequence next) override {
    CHECK(next == Sequence{1});
    told.push_back("settled");
  }
  void parted(ClientIndex) override { told.push_back("parted"); }
  void trouble(std::string sentence) override { told.push_back(sentence); }
  void posted(ClientIndex, Sequence, std::string_view text, Instant) override {
    told.push_back("> " + std::string(text));
  }
  void acknowledged(ClientIndex, std::uint32_t, Sequence) override {
    told.push_back("acknowledged");
  }

  // What was sent since this was last asked.
  std::string said() { return std::exchange(sent, {}); }

  Told hears(const std::string& bytes) {
    CHECK(dialect->take(0, as_bytes(bytes), {}) == bytes.size());
    return std::exchange(told, {});
  }

  // The same when the bytes come in two pieces, cut anywhere, or one after the other.
  void hears_in_any_pieces(const std::string& bytes, const Told& expected) {
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
      CAPTURE(cut);
      const std::size_t taken = dialect->take(0, as_bytes(bytes.substr(0, cut)), {});
      CHECK(taken <= cut);
      const std::string rest = bytes.substr(taken);
      CHECK(dialect->take(0, as_bytes(rest), {}) == rest.size());
      CHECK(std::exchange(told, {}) == expected);
    }
    std::string unread;
    for (const char byte : bytes) {
      unread += byte;
      unread.erase(0, dialect->take(0, as_bytes(unread), {}));
    }
    CHECK(unread.empty());
    CHECK(std::exchange(told, {}) == expected);
  }

  // A claim of more than any message has.
  void gives_up_on(const std::string& front) {
    std::string bytes = front;
    bytes.resize(front.size() + kMaxIncomplete, 'x');
    CHECK(dialect->take(0, as_bytes(bytes), {}) == bytes.size());
    CHECK(told.size() == 1);
    told.clear();
  }
};

Clients in_room(Protocol protocol) {
  Clients clients(protocol);
  clients.dialect->greet(0);
  clients.dialect->enter(0, "room");
  clients.sent.clear();
  clients.told.clear();
  return clients;
}

const std::string kHelloReply =
    "%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n7.0.1\r\n$5\r\nproto\r\n:3\r\n"
    "$2\r\nid\r\n:10\r\n$4\r\nmode\r\n$10\r\nstandalone\r\n$4\r\nrole\r\n$6\r\nmaster\r\n"
    "$7\r\nmodules\r\n*0\r\n";
const std::string kRedisMessage = ">3\r\n$7\r\nmessage\r\n$4\r\nroom\r\n$2\r\nhi\r\n";
const std::string kNatsMessage = "MSG room 1 2\r\nhi\r\n";
const std::string kIrcMessage = ":tom!bench@127.0.0.3 PRIVMSG #room :hi there\r\n";
const std::string kMqttMessage = "\x30\x08\0\4roomhi"s;

}  // namespace

TEST_CASE("redis: hello, subscribe, publish") {
  Clients clients(Protocol::redis);
  clients.dialect->greet(0);
  CHECK(clients.said() == "HELLO 3\r\n");
  CHECK(clients.hears(kHelloReply) == Told{"welcomed"});
  clients.dialect->enter(0, "room");
  CHECK(clients.said() == "SUBSCRIBE room\r\n");
  CHECK(clients.hears(">3\r\n$9\r\nsubscribe\r\n$4\r\nroom\r\n:1\r\n") == Told{"settled"});
  clients.dialect->say(0, 7, "hi");
  CHECK(clients.said() == "*3\r\n$7\r\nPUBLISH\r\n$4\r\nroom\r\n$2\r\nhi\r\n");
  clients.hears_in_any_pieces(kRedisMessage + ":1\r\n" + kRedisMessage, {"> hi", "> hi"});
}

TEST_CASE("redis: a hello's answer in any pieces") {
  Clients clients(Protocol::redis);
  std::string unread;
  for (const char byte : kHelloReply) {
    CHECK(clients.told.empty());
    unread += byte;
    unread.erase(0, clients.dialect->take(0, as_bytes(unread), {}));
  }
  CHECK(clients.told == Told{"welcomed"});
}

TEST_CASE("redis: what the server should not do is trouble") {
  Clients clients = in_room(Protocol::redis);
  CHECK(clients.hears("-ERR no\r\n") == Told{"the server refused: ERR no\r\n"});
  CHECK(clients.hears(">3\r\n$7\r\nmessage\r\n$5\r\nother\r\n$2\r\nhi\r\n") ==
        Told{"the server sent a message of a channel that was not subscribed to"});
  CHECK(clients.hears("hello\r\n") == Told{"the server sent what is no RESP"});
  CHECK(clients.hears("$99999999999999999999\r\n") == Told{"the server sent what is no RESP"});
  CHECK(clients.hears("*65537\r\n") == Told{"the server sent what is no RESP"});
  std::string deep;
  for (int i = 0; i < 100; ++i)
    deep += "*1\r\n";
  CHECK(clients.hears(deep) == Told{"the server sent what is no RESP"});
  clients.gives_up_on("$65536\r\n");
  clients.gives_up_on("+");
}

TEST_CASE("nats: connect, subscribe, publish") {
  Clients clients(Protocol::nats);
  clients.dialect->greet(0);
  const std::string connect = clients.said();
  CHECK(connect.starts_with("CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":true,"));
  CHECK(connect.ends_with("}\r\nPING\r\n"));
  CHECK(clients.hears("INFO {\"server_id\":\"x\"}\r\nPONG\r\n") == Told{"welcomed"});
  clients.dialect->enter(0, "room");
  CHECK(clients.said() == "SUB room 1\r\nPING\r\n");
  CHECK(clients.hears("PONG\r\n") == Told{"settled"});
  clients.dialect->say(0, 7, "hi");
  CHECK(clients.said() == "PUB room 2\r\nhi\r\n");
  clients.hears_in_any_pieces(kNatsMessage + kNatsMessage, {"> hi", "> hi"});
}

TEST_CASE("nats: a ping is answered") {
  Clients clients = in_room(Protocol::nats);
  CHECK(clients.hears("PING\r\n").empty());
  CHECK(clients.said() == "PONG\r\n");
}

TEST_CASE("nats: what the server should not do is trouble") {
  Clients clients = in_room(Protocol::nats);
  CHECK(clients.hears("-ERR 'Slow Consumer'\r\n") == Told{"the server refused: 'Slow Consumer'"});
  CHECK(clients.hears("MSG room 1 x\r\n") == Told{"the server sent a message without its size"});
  CHECK(clients.hears("hello\r\n") == Told{"the server sent a line that is not understood"});
  clients.gives_up_on("MSG room 1 999999999\r\n");
  clients.gives_up_on("INFO ");
}

TEST_CASE("irc: register, join, talk") {
  Clients clients(Protocol::irc);
  clients.dialect->greet(0);
  CHECK(clients.said() == "NICK " + short_nickname_of(0) + "\r\nUSER bench 0 * :bench\r\n");
  CHECK(
      clients.hears(":irc.example.net 001 tom :Welcome\r\n:irc.example.net 422 tom :No MOTD\r\n") ==
      Told{"welcomed"});
  clients.dialect->enter(0, "room");
  CHECK(clients.said() == "JOIN #room\r\n");
  CHECK(clients.hears(":tom!bench@host JOIN :#room\r\n:irc.example.net 353 tom = #room :tom\r\n"
                      ":irc.example.net 366 tom #room :End of NAMES list\r\n") == Told{"settled"});
  clients.dialect->say(0, 7, "hi there");
  CHECK(clients.said() == "PRIVMSG #room :hi there\r\n");
  clients.hears_in_any_pieces(kIrcMessage + ":eve!b@h JOIN #room\r\n" + kIrcMessage,
                              {"> hi there", "> hi there"});
  clients.dialect->part(0);
  CHECK(clients.said() == "QUIT\r\n");
}

TEST_CASE("irc: a ping is answered with its words, also before the welcome") {
  Clients clients(Protocol::irc);
  CHECK(clients.hears("PING :cookie 42\r\n").empty());
  CHECK(clients.said() == "PONG :cookie 42\r\n");
}

TEST_CASE("irc: what the server should not do is trouble") {
  Clients clients = in_room(Protocol::irc);
  CHECK(clients.hears(":irc 433 * tom :Nickname is already in use\r\n") ==
        Told{"the server refused: tom :Nickname is already in use (433)"});
  CHECK(clients.hears("ERROR :Closing link\r\n") == Told{"the server ended it: :Closing link"});
  CHECK(clients.hears(":eve!b@h PRIVMSG #other :hi\r\n") ==
        Told{"the server sent a message of a channel that was not entered"});
  clients.gives_up_on(":");
}

TEST_CASE("irc: names are short, and differ") {
  CHECK(short_nickname_of(0).size() <= 9);
  CHECK(short_nickname_of(46'655).size() <= 9);
  CHECK(short_nickname_of(1) != short_nickname_of(36));
  CHECK(short_nickname_of(46'655) != short_nickname_of(46'656));
}

TEST_CASE("mqtt: connect, subscribe, publish") {
  Clients clients(Protocol::mqtt);
  clients.dialect->greet(0);
  const std::string name = nickname_of("bench", 0);
  CHECK(clients.said() == "\x10"s + static_cast<char>(12 + name.size()) + "\0\4MQTT\4\2\0\0\0"s +
                              static_cast<char>(name.size()) + name);
  CHECK(clients.hears("\x20\2\0\0"s) == Told{"welcomed"});
  clients.dialect->enter(0, "room");
  CHECK(clients.said() == "\x82\x09\0\1\0\4room\0"s);
  CHECK(clients.hears("\x90\3\0\1\0"s) == Told{"settled"});
  clients.dialect->say(0, 7, "hi");
  CHECK(clients.said() == kMqttMessage);
  clients.hears_in_any_pieces(kMqttMessage + kMqttMessage, {"> hi", "> hi"});
  clients.dialect->part(0);
  CHECK(clients.said() == "\xE0\0"s);
}

TEST_CASE("mqtt: a length takes as many bytes as it needs") {
  Clients clients = in_room(Protocol::mqtt);
  const std::string text(200, 't');
  clients.dialect->say(0, 7, text);
  const std::string publish = clients.said();
  CHECK(publish.starts_with("\x30\xCE\x01\0\4room"s));
  clients.hears_in_any_pieces(publish, {"> " + text});
}

TEST_CASE("mqtt: what the server should not do is trouble") {
  Clients clients = in_room(Protocol::mqtt);
  CHECK(clients.hears("\x20\2\0\5"s) == Told{"the server refused the connection (code 5)"});
  CHECK(clients.hears("\x90\3\0\1\x80"s).size() == 1);
  CHECK(clients.hears("\x30\7\0\3lothi"s).size() == 1);
  CHECK(clients.hears("\x30\x01\0"s).size() == 1);
  CHECK(clients.hears("\x30\xFF\xFF\xFF\xFF\x01"s) ==
        Told{"the server sent a packet of an impossible length"});
  CHECK(clients.hears("\x30\xFF\xFF\x7F"s) ==
        Told{"the server sent a packet of an impossible length"});
}

TEST_CASE("floor: a frame lets in, and what is said is a frame as large as the server's") {
  Clients clients(Protocol::floor);
  clients.dialect->greet(0);
  CHECK(clients.said().empty());
  CHECK(clients.hears("\0\0\0\1\xFF"s) == Told{"welcomed"});
  clients.dialect->enter(0, "room");
  CHECK(std::exchange(clients.told, {}) == Told{"settled"});
  clients.dialect->say(0, 7, "hi");
  const std::string frame = clients.said();
  constexpr std::size_t kPostedBytes = 38 + kLengthBytes + 1;  // beside nickname and text
  CHECK(frame.size() <= kPostedBytes + nickname_of("bench", 0).size() + 2);
  const auto posted = protocol::encode(
      protocol::Posted{{}, {}, {}, {}, MessageKind::text, nickname_of("bench", 0), "hi"});
  CHECK(frame.size() == posted.size());
  clients.hears_in_any_pieces(frame + frame, {"> hi", "> hi"});
}

TEST_CASE("floor: what it should not do is trouble") {
  Clients clients(Protocol::floor);
  CHECK(clients.hears("\0\0\0\1\x01"s) == Told{"the floor sent a frame that is not understood"});
  CHECK(clients.hears("\0\0\0\0"s) == Told{"the floor sent a frame of an impossible length"});
}
