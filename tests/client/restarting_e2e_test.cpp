// Clients that end in the middle of a chat, and the next ones of the same user.

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/client/relay.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;
using chat::test::TemporaryFolder;

namespace fs = std::filesystem;

TEST_CASE("a client that was killed loses nothing: not what a server had that did not answer") {
  const TemporaryFolder folder;
  ServerProcess server;
  Peer bert = Peer::named(server.port(), "Bert");
  {
    PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
    REQUIRE(ann.shows("→ Ann joined"));
    server.process().stop();
    ann.type("to a sleeping server\r@bert psst\r");
    REQUIRE(ann.shows("2 @Bert"));
    ann.signal(SIGKILL);
    REQUIRE(ann.wait_for_exit() == 128 + SIGKILL);
  }
  server.process().signal(SIGCONT);
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
  REQUIRE(ann.shows("Welcome back to edgechat"));
  REQUIRE(ann.shows("<Ann> to a sleeping server"));
  CHECK(bert.expect_text() == "to a sleeping server");
  CHECK(bert.expect_text() == "psst");
  ann.type(
      "\x1B"
      "2");
  CHECK(ann.shows("<Ann> psst"));
  REQUIRE(ann.read_until([&] { return ann.screen().find("(pending)") == std::string::npos; }));
  CHECK(only<chat::protocol::Posted>(bert.settle()).empty());
}

TEST_CASE("a client that was killed loses nothing: not what was said without a server") {
  const TemporaryFolder folder;
  ServerProcess server;
  Relay relay(server.port());
  Peer bert = Peer::named(server.port(), "Bert");
  {
    PtyProgram ann = client_at(relay.address(), "Ann", 60, 12, folder.path());
    REQUIRE(ann.shows("→ Ann joined"));
    relay.cut();
    REQUIRE(ann.shows("Connection lost"));
    ann.type("to nobody\r");
    REQUIRE(ann.shows("to nobody (pending)"));
    ann.signal(SIGKILL);
    REQUIRE(ann.wait_for_exit() == 128 + SIGKILL);
  }
  relay.mend(server.port());
  PtyProgram ann = client_at(relay.address(), "Ann", 60, 12, folder.path());
  REQUIRE(ann.shows("<Ann> to nobody"));
  CHECK(bert.expect_text() == "to nobody");
  CHECK(only<chat::protocol::Posted>(bert.settle()).empty());
}

TEST_CASE(
    "a client and a server that are killed together publish nothing twice, and lose nothing") {
  const TemporaryFolder folder;
  ServerProcess first;
  ServerProcess second;
  Relay relay(first.port());
  Peer bert = Peer::named(second.port(), "Bert");
  {
    PtyProgram ann = client_at(relay.address(), "Ann", 60, 12, folder.path());
    REQUIRE(ann.shows("→ Ann joined"));
    relay.hold_answers();
    ann.type("did it arrive?\r");
    REQUIRE(ann.shows("did it arrive? (pending)"));
    first.process().signal(SIGKILL);
    relay.cut();
    REQUIRE(ann.shows("Connection lost"));
    ann.type("later\r");
    REQUIRE(ann.shows("later (pending)"));
    ann.signal(SIGKILL);
    REQUIRE(ann.wait_for_exit() == 128 + SIGKILL);
  }
  relay.mend(second.port());
  PtyProgram ann = client_at(relay.address(), "Ann", 60, 12, folder.path());
  CHECK(ann.shows("[lobby] <Ann> did it arrive?"));
  CHECK(ann.shows("<Ann> later"));
  CHECK(bert.expect_text() == "later");
  CHECK(only<chat::protocol::Posted>(bert.settle()).empty());
}

TEST_CASE("what is unsent when one quits is sent by the next client, also to another server") {
  const TemporaryFolder folder;
  ServerProcess first;
  ServerProcess second;
  Relay relay(first.port());
  Peer bert = Peer::named(second.port(), "Bert");
  {
    PtyProgram ann = client_at(relay.address(), "Ann", 100, 12, folder.path());
    REQUIRE(ann.shows("→ Ann joined"));
    relay.cut();
    REQUIRE(ann.shows("Connection lost"));
    ann.type("one\rtwo\r/quit\r");
    CHECK(ann.wait_for_exit() == 0);
    CHECK(ann.screen().find("chat-client: 2 messages are not sent yet. They are sent when you "
                            "start chat-client again.") != std::string::npos);
  }
  relay.mend(second.port());
  PtyProgram ann = client_at(relay.address(), "Ann", 60, 12, folder.path());
  CHECK(bert.expect_text() == "one");
  CHECK(bert.expect_text() == "two");
  CHECK(ann.shows("<Ann> two"));
}

TEST_CASE("a client that was killed finds its conversation: what was missed, and what it said") {
  const TemporaryFolder folder;
  const TemporaryFolder data;
  ServerProcess server({"--data", data.path().string()});
  PtyProgram lisa = client_of(server, "Lisa");
  REQUIRE(lisa.shows("→ Lisa joined"));
  {
    PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
    REQUIRE(lisa.shows("→ Ann joined"));
    REQUIRE(ann.shows("→ Ann joined"));
    lisa.type("/query Ann one\r");
    REQUIRE(ann.shows("2 @Lisa +1"));
    ann.type("/query Lisa two\r");
    REQUIRE(lisa.shows("<Ann> two"));
    ann.signal(SIGKILL);
    REQUIRE(ann.wait_for_exit() == 128 + SIGKILL);
  }
  lisa.type("three\rfour\r");
  REQUIRE(lisa.read_until([&] {
    const std::string screen = lisa.screen();
    return screen.find("<Lisa> four") != screen.npos && screen.find("(pending)") == screen.npos;
  }));
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
  CHECK(ann.shows("2 @Lisa +2"));
  ann.type(
      "\x1B"
      "2");
  const std::string_view anns = R"(
 @Lisa · 127.0.0.1:PORT# · keeps nothing   1 lobby [2 @Lisa]
HH:MM <Lisa> one                        │ 2 people
HH:MM <Ann> two                         │ Ann
── new ──                               │ Lisa
HH:MM <Lisa> three                      │
HH:MM <Lisa> four                       │
                                        │
                                        │
                                        │
                                        │
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, anns) == anns);
}

TEST_CASE(
    "a client that was killed finds a conversation that has ended, and what it missed there") {
  const TemporaryFolder folder;
  ServerProcess server(
      {"--durability", "process", "--lost-seconds", "0.1", "--resume-seconds", "1"});
  PtyProgram bert = client_of(server, "Bert");
  REQUIRE(bert.shows("→ Bert joined"));
  PtyProgram lisa = client_of(server, "Lisa");
  REQUIRE(bert.shows("→ Lisa joined"));
  {
    PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
    REQUIRE(lisa.shows("→ Ann joined"));
    lisa.type("/query Ann one\r");
    REQUIRE(ann.shows("2 @Lisa +1"));
    ann.type(
        "\x1B"
        "2");
    REQUIRE(ann.shows("<Lisa> one"));
    ann.signal(SIGSTOP);
    lisa.type("two\rthree\r");
    REQUIRE(lisa.read_until([&] {
      const std::string screen = lisa.screen();
      return screen.find("<Lisa> three") != screen.npos && screen.find("(pending)") == screen.npos;
    }));
    lisa.type("/quit\r");
    REQUIRE(lisa.wait_for_exit() == 0);
    ann.signal(SIGKILL);
    REQUIRE(ann.wait_for_exit() == 128 + SIGKILL);
  }
  REQUIRE(bert.shows("← Ann left (connection lost)"));
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
  REQUIRE(ann.shows("Welcome to edgechat"));
  REQUIRE(ann.shows("2 @Lisa +2"));
  ann.type(
      "\x1B"
      "2");
  const std::string_view anns = R"(
 @Lisa · has ended · 127.0.0.1:PORT#       1 lobby [2 @Lisa]
HH:MM <Lisa> one                        │
── new ──                               │
HH:MM <Lisa> two                        │
HH:MM <Lisa> three                      │
                                        │
                                        │
                                        │
                                        │
                                        │
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, anns) == anns);
}

TEST_CASE("identity and secret are kept where nobody else may read them") {
  const TemporaryFolder folder;
  ServerProcess server;
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
  REQUIRE(ann.shows("→ Ann joined"));
  const fs::path state = folder.path() / "edgechat";
  const fs::path file = state / server.address() / "ann";
  CHECK(fs::status(state).permissions() == fs::perms(0700));
  CHECK(fs::status(file.parent_path()).permissions() == fs::perms(0700));
  REQUIRE(fs::is_regular_file(file));
  CHECK(fs::status(file).permissions() == fs::perms(0600));
}

TEST_CASE("a second client of the same user is somebody else, and hears that the name is taken") {
  const TemporaryFolder folder;
  ServerProcess server;
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, folder.path());
  REQUIRE(ann.shows("→ Ann joined"));
  PtyProgram second = client_at(server.address(), "Ann", 60, 12, folder.path());
  REQUIRE(second.shows("This nickname is taken."));
  second.type("a\r");
  CHECK(ann.shows("→ Anna joined"));
  REQUIRE(second.shows("→ Anna joined"));
  second.type("hi\r");
  CHECK(ann.shows("<Anna> hi"));
}

TEST_CASE("a session that another client takes over is not fought for") {
  const TemporaryFolder folder;
  const TemporaryFolder other;
  ServerProcess server;
  PtyProgram ann = client_at(server.address(), "Ann", 80, 8, folder.path());
  REQUIRE(ann.shows("→ Ann joined"));
  fs::copy(folder.path(), other.path(), fs::copy_options::recursive);
  PtyProgram second = client_at(server.address(), "Ann", 80, 8, other.path());
  REQUIRE(second.shows("Welcome back to edgechat"));
  REQUIRE(ann.shows("Disconnected from chat server: Your session goes on"));
  CHECK(ann.shows("Ann · Disconnected; /quit ends"));
  second.type("here I am\r");
  CHECK(second.shows("<Ann> here I am"));
  ann.type("/quit\r");
  CHECK(ann.wait_for_exit() == 1);
}

TEST_CASE("where no state can be kept it is one line, and the chat goes on") {
  ServerProcess server;
  PtyProgram ann = client_at(server.address(), "Ann", 200, 12, "/proc");
  CHECK(
      ann.shows("What is not sent when this client ends will be lost: making the folder "
                "/proc/edgechat/"));
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("hello\r");
  CHECK(ann.shows("<Ann> hello"));
}

TEST_CASE("a state file that makes no sense is one line, and the chat goes on") {
  const TemporaryFolder folder;
  ServerProcess server;
  const fs::path file = folder.path() / "edgechat" / server.address() / "ann";
  fs::create_directories(file.parent_path());
  // A part of it: with sanitizers the program is a hundred times as large.
  fs::copy_file(client_program(), file);
  fs::resize_file(file, 256 * 1024);
  PtyProgram ann = client_at(server.address(), "Ann", 200, 12, folder.path());
  CHECK(ann.shows("make no sense and were left out."));
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("hello\r");
  CHECK(ann.shows("<Ann> hello"));
}
