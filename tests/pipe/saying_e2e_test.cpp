// What goes in on standard input is said, once and in order, whatever happens to the server.

#include <doctest/doctest.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/client/relay.hpp"
#include "tests/pipe/pipe_program.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;
namespace protocol = chat::protocol;

namespace {

// Somebody in the room "ci".
Peer listener(const ServerProcess& server) {
  Peer bert = Peer::named(server.port(), "Bert");
  bert.send(protocol::Join{.request = chat::RequestId{1}, .name = "ci"});
  bert.expect<protocol::RoomOpened>();
  return bert;
}

// Each line was acknowledged, and each text published, once and in order.
void check_all_said(const PipeProgram& pipe, int lines) {
  CHECK(pipe.texts() == numbered_texts(lines));
  std::vector<int> acknowledged;
  for (const auto& event : pipe.events("acknowledged"))
    acknowledged.push_back(event.at("line"));
  std::ranges::sort(acknowledged);
  std::vector<int> all;
  for (int i = 1; i <= lines; ++i)
    all.push_back(i);
  CHECK(acknowledged == all);
  CHECK(pipe.events("gap").empty());
}

}  // namespace

TEST_CASE("lines are said in the room, and the program ends when they are acknowledged") {
  ServerProcess server;
  Peer bert = listener(server);
  PipeProgram pipe(server.address());
  pipe.write("make: *** [all] Error 1\n/quit\n@Bert is no whisper\n\nlast");
  pipe.end_input();
  CHECK(pipe.wait_for_exit() == 0);
  CHECK(bert.expect_text() == "make: *** [all] Error 1");
  CHECK(bert.expect_text() == "/quit");
  CHECK(bert.expect_text() == "@Bert is no whisper");
  CHECK(bert.expect_text() == "last");
  REQUIRE(pipe.events("acknowledged").size() == 4);
  CHECK(pipe.events("acknowledged").back().at("line") == 5);
  CHECK(pipe.process().standard_error() == "");
}

TEST_CASE("an input without a line ends well, too") {
  ServerProcess server;
  PipeProgram pipe(server.address());
  pipe.end_input();
  CHECK(pipe.wait_for_exit() == 0);
}

TEST_CASE("a long line is said in several messages, and a long input wholly") {
  ServerProcess server;
  std::string line;
  for (int i = 0; i < 5'000; ++i)
    line += "é";
  PipeProgram pipe(server.address());
  pipe.write(line + "\n");
  pipe.write(numbered_lines(1, 5'000));
  pipe.end_input();
  CHECK(pipe.wait_for_exit() == 0);
  auto texts = pipe.texts();
  REQUIRE(texts.size() == 5'003);
  CHECK(texts[0] + texts[1] + texts[2] == line);
  texts.erase(texts.begin(), texts.begin() + 3);
  CHECK(texts == numbered_texts(5'000));
}

TEST_CASE("nothing is lost or said twice when the server is killed and started again") {
  const TemporaryFolder folder;
  const std::vector<std::string> kept{"--data", folder.path(), "--durability", "process"};
  std::optional<ServerProcess> server(std::in_place, kept);
  Relay relay(server->port());
  PipeProgram pipe(relay.address());
  pipe.write(numbered_lines(1, 2'000));
  REQUIRE(pipe.tells("acknowledged", 100));
  server->process().signal(SIGKILL);
  REQUIRE(server->process().wait_for_exit());
  relay.cut();
  REQUIRE(pipe.tells("disconnected"));
  pipe.write(numbered_lines(2'001, 3'000));
  pipe.end_input();
  server.emplace(kept);
  relay.mend(server->port());
  CHECK(pipe.wait_for_exit() == 0);
  check_all_said(pipe, 3'000);
  REQUIRE_FALSE(pipe.events("connected").empty());
  CHECK(pipe.events("connected").back().at("resumed") == true);
  CHECK(pipe.events("connected").back().at("durability") == "process");
}

TEST_CASE("nothing is lost or said twice when acknowledgements are") {
  ServerProcess server;
  Relay relay(server.port());
  PipeProgram pipe(relay.address());
  pipe.write("1\n");
  REQUIRE(pipe.tells("message"));
  relay.hold_answers();
  Peer bert = listener(server);
  pipe.write(numbered_lines(2, 50));
  pipe.end_input();
  for (int i = 2; i <= 50; ++i)
    REQUIRE(bert.expect_text() == std::to_string(i));
  relay.cut();
  relay.mend(server.port());
  CHECK(pipe.wait_for_exit() == 0);
  check_all_said(pipe, 50);
  CHECK(only<protocol::Posted>(bert.settle()).empty());
}

TEST_CASE("a server that is not there yet is waited for") {
  ServerProcess server;
  Relay relay(server.port());
  relay.cut();
  PipeProgram pipe(relay.address());
  pipe.write("hello\n");
  pipe.end_input();
  REQUIRE(pipe.process().wait_for_line("Trying again."));
  relay.mend(server.port());
  CHECK(pipe.wait_for_exit() == 0);
  CHECK(pipe.texts() == std::vector<std::string>{"hello"});
}

TEST_CASE("no more is read than the server can be told") {
  ServerProcess server;
  PipeProgram pipe(server.address());
  REQUIRE(pipe.tells("entered"));
  server.process().stop();
  const std::string lines = numbered_lines(1, 100'000);
  std::size_t written = 0;
  // It takes some, and then nothing for a while.
  while (wait_until(
      [&] {
        const std::size_t more = pipe.write_some(std::string_view(lines).substr(written));
        written += more;
        return more > 0;
      },
      Deadline(milliseconds(500))))
    REQUIRE(written < 400'000);
  server.process().signal(SIGCONT);
  pipe.process().signal(SIGTERM);
  // Tens of thousands of messages are said first.
  CHECK(pipe.process().wait_for_exit(Deadline(4 * kPatience)) == 128 + SIGTERM);
}
