// The client without a screen, in a terminal and between pipes.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "tests/client/end_to_end.hpp"
#include "tests/client/relay.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;
namespace protocol = chat::protocol;

namespace {

PtyProgram plain_client(const std::string& address, const std::string& nickname,
                        std::filesystem::path state_home = {}) {
  return PtyProgram({client_program(), address, "--nick", nickname, "--plain"}, 60, 24,
                    std::move(state_home));
}

// A client whose input is what is written to it, and whose output is no terminal either.
class PipedClient {
 public:
  explicit PipedClient(const std::string& address) : PipedClient(address, new_pipe()) {}

  void write(std::string_view text) {
    REQUIRE(::write(input_.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void end_input() { input_.reset(); }
  bool tells(std::string_view part) {
    return wait_until([&] { return process.standard_output().find(part) != std::string::npos; });
  }

 private:
  struct Ends {
    chat::net::UniqueFd read;
    chat::net::UniqueFd write;
  };
  static Ends new_pipe() {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    return {chat::net::UniqueFd(ends[0]), chat::net::UniqueFd(ends[1])};
  }
  PipedClient(const std::string& address, Ends ends)
      : input_(std::move(ends.write)),
        process({client_program(), address, "--nick", "Ann", "--plain"},
                [fd = ends.read.get()] { ::dup2(fd, STDIN_FILENO); },
                {"XDG_STATE_HOME=" + folder_.path().string(), "TERM=dumb"}) {}

  TemporaryFolder folder_;
  chat::net::UniqueFd input_;

 public:
  Process process;
};

}  // namespace

TEST_CASE("a plain client is a conversation of lines") {
  ServerProcess server;
  PtyProgram ann = plain_client(server.address(), "Ann");
  REQUIRE(ann.shows("→ Ann joined"));
  CHECK(ann.shows("You are in lobby now."));
  Peer bert = Peer::named(server.port(), "Bert");
  ann.type("good morning\r");
  REQUIRE(ann.shows("Ann: good morning"));
  CHECK(bert.expect_text() == "good morning");
  ann.type("/join cpp\r");
  REQUIRE(ann.shows("You are in cpp now."));
  bert.say("is anybody there?");
  REQUIRE(ann.shows("[lobby] Bert: is anybody there?"));
  ann.type("/nick two words\r");
  CHECK(ann.shows("/nick NAME"));
  CHECK_FALSE(ann.full_screen());
  ann.type("/quit\r");
  CHECK(ann.wait_for_exit() == 0);
}

TEST_CASE("a plain client leaves the terminal as it is, and ends with Ctrl-D") {
  ServerProcess server;
  const termios before = PtyProgram({"true"}, 60, 12).modes();
  PtyProgram ann = plain_client(server.address(), "Ann");
  REQUIRE(ann.shows("→ Ann joined"));
  CHECK(alike(ann.modes(), before));
  ann.type("\x04");
  CHECK(ann.wait_for_exit() == 0);
  CHECK(alike(ann.modes(), before));
}

TEST_CASE("a nickname that is refused is asked for in a line, and entered in one") {
  ServerProcess server;
  const Peer other = Peer::named(server.port(), "Ann");
  PtyProgram ann = plain_client(server.address(), "Ann");
  REQUIRE(ann.shows("Which nickname do you want?"));
  ann.type("Anna\r");
  CHECK(ann.shows("→ Anna joined"));
}

TEST_CASE("what is piped into a plain client is said before it ends") {
  ServerProcess server;
  Peer bert = Peer::named(server.port(), "Bert");
  PipedClient ann(server.address());
  ann.write("one\n/me waves\nthree");
  ann.end_input();
  CHECK(ann.process.wait_for_exit() == 0);
  CHECK(bert.expect_text() == "one");
  CHECK(bert.expect_text() == "waves");
  CHECK(bert.expect_text() == "three");
  CHECK(ann.process.standard_output().find("Ann: one") != std::string::npos);
}

TEST_CASE("a plain client writes nothing that would control a terminal") {
  ServerProcess server;
  Peer bert = Peer::named(server.port(), "Bert");
  PipedClient ann(server.address());
  REQUIRE(ann.tells("→ Ann joined"));
  bert.say("\x1b[2J\x1b]0;title\x07\r\u009b1m\nAnn: not me");
  REQUIRE(ann.tells("not me"));
  const std::string output = ann.process.standard_output();
  CHECK(std::ranges::all_of(
      output, [](char c) { return c == '\n' || static_cast<unsigned char>(c) >= 0x20; }));
  CHECK(output.find("\u009b") == std::string::npos);
  CHECK(output.find("\nAnn: not me") == std::string::npos);
  ann.end_input();
  CHECK(ann.process.wait_for_exit() == 0);
}

TEST_CASE("a plain client tells of a lost connection once, and sends later what waits") {
  ServerProcess server;
  Relay relay(server.port());
  Peer bert = Peer::named(server.port(), "Bert");
  PipedClient ann(relay.address());
  REQUIRE(ann.tells("→ Ann joined"));
  ann.write("/join cpp\n");
  REQUIRE(ann.tells("You are in cpp now."));
  ann.write("/join lobby\n");
  // Once more: it was there at the start.
  REQUIRE(wait_until([&] {
    const std::string output = ann.process.standard_output();
    return output.find("You are in lobby now.\n", output.find("You are in cpp now.")) !=
           std::string::npos;
  }));
  relay.cut();
  REQUIRE(ann.tells("The connection is lost"));
  ann.write("to nobody\n");
  REQUIRE(ann.tells("This is sent as soon as there is one."));
  relay.mend(server.port());
  REQUIRE(ann.tells("Ann: to nobody"));
  CHECK(bert.expect_text() == "to nobody");
  CHECK(ann.process.standard_output().find("[cpp] The connection is lost") == std::string::npos);
}

TEST_CASE("a plain client tells where one had read to") {
  const TemporaryFolder state;
  ServerProcess server({"--durability", "process"});
  Peer bert = Peer::named(server.port(), "Bert");
  {
    PtyProgram ann = plain_client(server.address(), "Ann", state.path());
    REQUIRE(ann.shows("→ Ann joined"));
    bert.say("one");
    REQUIRE(ann.shows("Bert: one"));
    ann.type("/quit\r");
    REQUIRE(ann.wait_for_exit() == 0);
  }
  bert.say("two");
  bert.say("three");
  PtyProgram ann = plain_client(server.address(), "Ann", state.path());
  CHECK(ann.shows("\nBert: one\nWhat follows is new.\nBert: two\nBert: three\n"));
}

TEST_CASE("a plain client tells when another server keeps nothing, or does") {
  std::optional<ServerProcess> server(std::in_place);
  Relay relay(server->port());
  PipedClient ann(relay.address());
  const std::string_view keeps_nothing =
      "This server keeps nothing: what is said is gone when it ends.\n";
  REQUIRE(ann.tells("→ Ann joined"));
  CHECK(ann.process.standard_output().starts_with(keeps_nothing));
  relay.cut();
  REQUIRE(ann.tells("The connection is lost"));
  server.emplace(std::vector<std::string>{"--durability", "process"});
  relay.mend(server->port());
  CHECK(ann.tells("This server keeps what is said."));
}

TEST_CASE("what a search has found is told line by line") {
  const TemporaryFolder folder;
  ServerProcess server({"--data", folder.path(), "--durability", "process"});
  PipedClient ann(server.address());
  REQUIRE(ann.tells("→ Ann joined"));
  ann.write("the needle\n");
  REQUIRE(ann.tells("Ann: the needle"));
  ann.write("/search needle\n");
  REQUIRE(ann.tells(" lobby Ann: the needle"));
}

TEST_CASE("a plain client calls its user as it is set") {
  const TemporaryFolder folder;
  const auto called = folder.path() / "called";
  ServerProcess server;
  PtyProgram ann = plain_client(server.address(), "Ann");
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("/set highlight-command touch " + called.string() + "\r");
  REQUIRE(ann.shows("highlight-command = "));
  Peer bert = Peer::named(server.port(), "Bert");
  bert.say("hello");
  REQUIRE(ann.shows("Bert: hello"));
  CHECK_FALSE(std::filesystem::exists(called));
  bert.say("Ann: look");
  REQUIRE(ann.shows("Bert: Ann: look"));
  CHECK(wait_until([&] { return std::filesystem::exists(called); }));
}

TEST_CASE("a plain client ends when nobody reads it, or a signal comes") {
  ServerProcess server;
  PipedClient ann(server.address());
  REQUIRE(ann.tells("→ Ann joined"));
  ann.process.signal(SIGTERM);
  CHECK(ann.process.wait_for_exit() == 128 + SIGTERM);
  CHECK(server.process().wait_for_line("event=disconnected").value_or("").find("reason=quit") !=
        std::string::npos);
}
