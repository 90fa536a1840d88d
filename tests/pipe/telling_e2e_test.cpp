// What happens in the room comes out on standard output.

#include <doctest/doctest.h>

#include <csignal>
#include <string>

#include "tests/pipe/pipe_program.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;
namespace protocol = chat::protocol;

TEST_CASE("with --listen it stays, and tells of the room and of whispers until a signal comes") {
  ServerProcess server;
  PipeProgram pipe(server.address(), {"--listen"});
  pipe.end_input();
  REQUIRE(pipe.tells("joined"));
  Peer bert = Peer::named(server.port(), "Bert");
  bert.say("in the lobby, where nobody listens");
  bert.send(protocol::Join{.request = chat::RequestId{1}, .name = "ci"});
  const auto room = bert.expect<protocol::RoomOpened>().room;
  bert.send(protocol::Say{.request = chat::RequestId{2},
                          .room = room,
                          .id = bert.message_id(),
                          .text = "a \x1b[31mred\x1b[m bell\x07"});
  bert.send(protocol::Whisper{.request = chat::RequestId{3},
                              .id = bert.message_id(),
                              .user = {},
                              .nickname = "builder",
                              .text = "psst"});
  REQUIRE(pipe.tells("message"));
  REQUIRE(pipe.tells("whisper"));
  CHECK(pipe.texts() == std::vector<std::string>{"a \x1b[31mred\x1b[m bell\x07"});
  CHECK(pipe.process().standard_output().find('\x1b') == std::string::npos);
  CHECK(pipe.events("whisper").at(0).at("nick") == "Bert");
  CHECK(pipe.events("joined").back().at("nick") == "Bert");
  bert.finish_sending();
  pipe.process().signal(SIGINT);
  CHECK(pipe.wait_for_exit() == 128 + SIGINT);
}

TEST_CASE("the lobby is a room as any other") {
  ServerProcess server;
  Process lobby({CHAT_PIPE, server.address(), "--nick", "builder", "--room", "Lobby"});
  CHECK(lobby.wait_for_exit() == 0);
  CHECK(lobby.standard_output().find(R"("event":"entered")") != std::string::npos);
}

TEST_CASE("it leaves the lobby, where it would not listen") {
  ServerProcess server;
  Peer bert = Peer::named(server.port(), "Bert");
  PipeProgram pipe(server.address(), {"--listen"});
  REQUIRE(pipe.tells("entered"));
  CHECK(bert.expect<protocol::Left>().people.at(0).nickname == "builder");
  pipe.process().signal(SIGTERM);
  CHECK(pipe.wait_for_exit() == 128 + SIGTERM);
}
