// What a server could do that a real one never does.

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <variant>

#include "tests/client/end_to_end.hpp"
#include "tests/client/scripted_server.hpp"

using namespace chat;
using namespace chat::test;

namespace {

PtyProgram client_of(const ScriptedServer& server, const std::string& nickname) {
  return PtyProgram({client_program(), server.address(), "--nick", nickname}, 100, 8);
}

// Frames without end, however few bytes of them the client takes at a time.
class Flood {
 public:
  template <class Message>
  explicit Flood(const Message& message) {
    for (std::size_t i = 0; i < kFrames; ++i)
      protocol::append_frame(frames_, message);
  }

  // False when the client took nothing until the deadline.
  bool send_some(ScriptedServer& server, Deadline deadline) {
    const auto rest = ByteView(frames_).subspan(sent_ % frames_.size());
    const std::size_t taken = server.send_some(rest, deadline);
    sent_ += taken;
    return taken > 0;
  }
  std::size_t sent_bytes() const { return sent_; }
  std::size_t sent_frames() const { return sent_ / (frames_.size() / kFrames); }

 private:
  static constexpr std::size_t kFrames = 10'000;

  Bytes frames_;
  std::size_t sent_ = 0;
};

}  // namespace

TEST_CASE("a server that says goodbye and does not close is left") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  REQUIRE(ann.shows("Welcome to scripted"));
  server.send(protocol::Goodbye{{}, CloseReason::shutting_down, "Closed for today."});
  CHECK(ann.shows("The connection is lost: Closed for today."));
  server.accept();
  CHECK(std::holds_alternative<protocol::Hello>(server.next()));
}

TEST_CASE("a server that does not want the client any more ends it with its words and 1") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  REQUIRE(ann.shows("Welcome to scripted"));
  server.send(protocol::Goodbye{{}, CloseReason::malformed, "That was no frame."});
  CHECK(ann.shows("Disconnected from chat server: That was no frame."));
  ann.type("anybody?\r");
  CHECK(ann.shows("Not sent: you are disconnected. /quit ends."));
  ann.type("\x15/quit\r");
  CHECK(ann.wait_for_exit() == 1);
  CHECK(ann.screen().find("chat-client: Disconnected from chat server: That was no frame.") !=
        std::string::npos);
}

TEST_CASE("typing goes on while a connection is tried that nobody takes") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  REQUIRE(ann.shows("Welcome to scripted"));
  server.block_the_door();
  server.leave_client();
  REQUIRE(ann.shows("Connection lost · connecting"));
  ann.type("still typing");
  CHECK(ann.shows("\nstill typing\n"));
  ann.type("\r");
  CHECK(ann.shows("<Ann> still typing (pending)"));
  ann.type("/quit\r");
  CHECK(ann.wait_for_exit() == 0);
}

TEST_CASE("a server that takes a connection and does not answer is left for another try") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.accept();
  REQUIRE(std::holds_alternative<protocol::Hello>(server.next()));
  ann.type("\x14");
  CHECK(ann.shows("The connection is lost: The server does not answer."));
  server.welcome();
  CHECK(ann.shows("Welcome to scripted"));
}

TEST_CASE("a server that has stopped answering is left when the user asks for another try") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  REQUIRE(ann.shows("Welcome to scripted"));
  ann.type("\x14");
  REQUIRE(std::holds_alternative<protocol::Ping>(server.next()));
  CHECK(ann.shows("The connection is lost: The server does not answer."));
  server.accept();
  CHECK(std::holds_alternative<protocol::Hello>(server.next()));
}

TEST_CASE("a server that answers is not left when the user asks for another try") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  REQUIRE(ann.shows("Welcome to scripted"));
  ann.type("\x14");
  const auto asked = server.next();
  REQUIRE(std::holds_alternative<protocol::Ping>(asked));
  server.send(protocol::Pong{std::get<protocol::Ping>(asked).request});
  ann.type("\x14");
  CHECK(std::holds_alternative<protocol::Ping>(server.next()));
}

TEST_CASE("a server of version 1 is greeted anew after a lost connection, and the rooms entered") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome_as_version_1();
  REQUIRE(ann.shows("Welcome to scripted"));
  ann.type("/join tea\r");
  auto message = server.next();
  REQUIRE(std::holds_alternative<protocol::Join>(message));
  server.send(protocol::RoomOpened{.request = std::get<protocol::Join>(message).request,
                                   .room = RoomId{2},
                                   .name = "tea",
                                   .next = {1}});
  REQUIRE(ann.shows("2 tea"));
  server.leave_client();
  REQUIRE(ann.shows("The connection is lost"));
  ann.type("for tea\r");
  REQUIRE(ann.shows("(pending)"));
  server.welcome_as_version_1();
  message = server.next();
  REQUIRE(std::holds_alternative<protocol::Join>(message));
  const auto join = std::get<protocol::Join>(message);
  CHECK(join.name == "tea");
  server.send(
      protocol::RoomOpened{.request = join.request, .room = RoomId{3}, .name = "tea", .next = {1}});
  message = server.next();
  REQUIRE(std::holds_alternative<protocol::Say>(message));
  CHECK(std::get<protocol::Say>(message).room == RoomId{3});
  CHECK(std::get<protocol::Say>(message).text == "for tea");
}

TEST_CASE("only a nickname makes the client connect again") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "two words");
  REQUIRE(ann.shows("Nickname: two words"));
  server.accept();
  // A ping, and then what is no frame: an answer is due when the connection is already lost.
  Bytes bytes = protocol::encode(protocol::Ping{RequestId{1}});
  bytes.insert(bytes.end(), 4, 0);
  server.send_bytes(bytes);
  CHECK_THROWS(server.next());
  ann.type(
      "\x15"
      "Ann\r");
  server.accept();
  CHECK(std::holds_alternative<protocol::Hello>(server.next()));
}

TEST_CASE("while the client connects again it says so") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "two words");
  REQUIRE(ann.shows("Nickname: two words"));
  server.accept();
  server.leave_client();
  server.block_the_door();
  ann.type(
      "\x15"
      "Ann\r");
  CHECK(ann.shows("Waiting for the server"));
}

TEST_CASE("a server that asks and does not listen is not listened to") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  Flood pings(protocol::Ping{RequestId{7}});
  // More than the buffers of two sockets hold.
  constexpr std::size_t kTooMuch = 64 * 1024 * 1024;
  while (pings.sent_bytes() < kTooMuch && pings.send_some(server, Deadline(milliseconds(1000)))) {
  }
  CHECK(pings.sent_bytes() < kTooMuch);
  // Once the server listens, every answer comes.
  for (std::size_t i = 0; i < pings.sent_frames(); ++i) {
    const auto message = server.next();
    REQUIRE(std::holds_alternative<protocol::Pong>(message));
  }
}

TEST_CASE("a server that never stops sending does not keep the client") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  REQUIRE(ann.shows("Welcome to scripted"));
  ann.type("\x03");
  Flood pongs(protocol::Pong{RequestId{7}});
  const Deadline deadline;
  while (!deadline.passed() && !ann.wait_for_exit(Deadline(milliseconds(0))))
    pongs.send_some(server, Deadline(milliseconds(0)));
  CHECK(ann.wait_for_exit(Deadline(milliseconds(0))) == 0);
}

TEST_CASE("a whisper is shown once, whether or not the server sends it back") {
  ScriptedServer server;
  PtyProgram ann = client_of(server, "Ann");
  server.welcome();
  ann.type("/query lisa psst\r");
  const auto message = server.next();
  const auto* whisper = std::get_if<protocol::Whisper>(&message);
  REQUIRE(whisper != nullptr);
  constexpr RoomId kPair{2};
  server.send(protocol::RoomOpened{.request = whisper->request,
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {1}});
  server.send(protocol::Acknowledged{whisper->request, whisper->id, kPair, {1}, {}});
  REQUIRE(ann.shows("<Ann> psst"));
  server.send(protocol::Posted{.room = kPair,
                               .sequence = {1},
                               .time = {},
                               .user = UserId{1},
                               .nickname = "Ann",
                               .text = "psst"});
  server.send(protocol::Posted{.room = kPair,
                               .sequence = {2},
                               .time = {},
                               .user = UserId{2},
                               .nickname = "Lisa",
                               .text = "yes?"});
  REQUIRE(ann.shows("<Lisa> yes?"));
  const std::string screen = ann.screen();
  CHECK(screen.find("psst") == screen.rfind("psst"));
}
