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
  CHECK(ann.shows("Disconnected from chat server: Closed for today."));
  ann.type("/quit\r");
  CHECK(ann.wait_for_exit() == 1);
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
  ann.type("@lisa psst\r");
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
  REQUIRE(ann.shows("*you -> Lisa* psst"));
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
  REQUIRE(ann.shows("*Lisa -> you* yes?"));
  const std::string screen = ann.screen();
  CHECK(screen.find("psst") == screen.rfind("psst"));
}
