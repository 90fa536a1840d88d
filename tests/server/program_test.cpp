// The program as its user starts and ends it.
#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

namespace {

struct Run {
  int exit_status;
  std::string out;
  std::string error;
};

Run run(std::vector<std::string> arguments) {
  const TemporaryFolder folder;
  arguments.insert(arguments.begin(), CHAT_SERVER);
  if (std::ranges::find(arguments, "--data") == arguments.end())
    arguments.insert(arguments.end(), {"--data", folder.path()});
  Process process(arguments);
  const auto status = process.wait_for_exit();
  REQUIRE(status.has_value());
  return {*status, process.standard_output(), process.standard_error()};
}

bool is_one_sentence(const std::string& text) {
  return text.starts_with("chat-server: ") && text.find('\n') == text.size() - 1;
}

}  // namespace

TEST_CASE("--help and --version answer on standard output") {
  CHECK(run({"--version"}).out == "chat-server " EDGECHAT_VERSION "\n");
  const Run help = run({"--help"});
  CHECK(help.exit_status == 0);
  for (const char* option : {"--listen", "--log-level", "--max-connections", "--reactors"})
    CHECK(help.out.find(option) != std::string::npos);
}

TEST_CASE("what cannot be served is one sentence and exit status 2") {
  const ServerProcess other;
  const std::vector<std::vector<std::string>> bad{
      {"--no-such-option"},
      {"--listen", "127.0.0.1:notaport"},
      {"--listen", "127.0.0.1:70000"},
      {"--listen", ""},
      {"--listen", "no.such.host.invalid:0"},
      {"--listen", "192.0.2.1:0"},
      {"--listen", other.address()},
      {"--max-connections", "0"},
      {"--max-connections", "many"},
      {"--log-level", "loud"},
      {"--reactors", "0"},
      {"--reactors", "many"},
      {"--history", "0"},
      {"stray"},
  };
  for (const auto& arguments : bad) {
    CAPTURE(arguments.back());
    const Run result = run(arguments);
    CHECK(result.exit_status == 2);
    CAPTURE(result.error);
    CHECK(is_one_sentence(result.error));
  }
}

TEST_CASE("it listens on IPv4 and IPv6 at once") {
  ServerProcess server({"--listen", "[::1]:0"});
  const std::string before_port = "listening on [::1]:";
  const auto line = server.process().wait_for_line(before_port);
  REQUIRE(line.has_value());
  const auto port = std::stoi(line->substr(line->find(before_port) + before_port.size()));
  Peer six(static_cast<std::uint16_t>(port), "six", "::1");
  Peer four = Peer::named(server.port(), "four");
  six.say("hello");
  CHECK(four.expect_text() == "hello");
}

TEST_CASE("it says how many connections its limit of open files allows") {
  ServerProcess server;
  CHECK(server.process().standard_error().find("open files") != std::string::npos);
}

TEST_CASE("it tells its clients what acknowledged messages survive") {
  const auto said_by_server_with = [](const std::vector<std::string>& arguments) {
    const ServerProcess server(arguments);
    Peer peer(server.port());
    peer.send(Hello{.request = RequestId{1}, .nickname = "lisa"});
    return peer.expect<Welcome>().durability;
  };
  CHECK(said_by_server_with({"--durability", "none"}) == DurabilityClaim::none);
  CHECK(said_by_server_with({"--durability", "process"}) == DurabilityClaim::process);
  CHECK(said_by_server_with({"--durability", "power"}) == DurabilityClaim::power);
}

TEST_CASE("it logs what happens to whom, and never what they say") {
  ServerProcess server({"--reactors", "1"});
  {
    Peer peer = Peer::named(server.port(), "Lisa");
    peer.say("a secret");
    peer.expect<Posted>();
    peer.send(Join{RequestId{2}, "garden"});
    peer.send(Join{RequestId{3}, "garden"});
    CHECK(peer.expect<Error>().code == ErrorCode::already_member);
    peer.send(Goodbye{RequestId{4}, CloseReason::quit, "a secret too"});
    peer.expect<Goodbye>();
  }
  auto& process = server.process();
  for (const char* line :
       {"event=connected connection=0.0.1 peer=127.0.0.1:", "event=named connection=0.0.1 user=1 ",
        "event=joined connection=0.0.1 nick=\"Lisa\" room=\"lobby\"", "room=\"garden\"",
        "event=refused connection=0.0.1 error=already_member"})
    CHECK(process.wait_for_line(line).has_value());
  CHECK(wait_until([&] {
    return process.standard_error().find("event=disconnected connection=0.0.1 reason=quit") !=
           std::string::npos;
  }));
  CHECK(process.standard_error().find("event=left connection=0.0.1") != std::string::npos);
  CHECK(process.standard_error().find("secret") == std::string::npos);
}

TEST_CASE("a reader of the log that goes away does not end it") {
  // Its standard error cannot tell a port that it chose itself, so it gets one that was free just
  // now.
  const std::uint16_t port = ServerProcess().port();
  Process server(
      {CHAT_SERVER, "--durability", "none", "--listen", "127.0.0.1:" + std::to_string(port)}, [] {
        int ends[2];
        if (::pipe(ends) == 0) {
          ::dup2(ends[1], STDERR_FILENO);
          ::close(ends[0]);
          ::close(ends[1]);
        }
      });
  std::optional<Peer> peer;
  REQUIRE(wait_until([&] {
    try {
      peer.emplace(port, "Lisa", "127.0.0.1");
    } catch (const std::runtime_error&) {
      return false;
    }
    return true;
  }));
  peer->say("still here");
  CHECK(peer->expect_text() == "still here");
}

TEST_CASE("SIGTERM and SIGINT end it with a goodbye to everyone and exit status 0") {
  for (const int signal : {SIGTERM, SIGINT}) {
    ServerProcess server;
    Peer named = Peer::named(server.port(), "named");
    Peer stranger(server.port());
    named.say("the last word");
    named.expect<Acknowledged>();
    server.process().signal(signal);
    const auto messages = named.receive_all();
    REQUIRE(!messages.empty());
    CHECK(only<Posted>(messages).size() == 1);
    CHECK(only<Left>(messages).empty());
    CHECK(std::get<Goodbye>(messages.back()).reason == CloseReason::shutting_down);
    CHECK(stranger.expect<Goodbye>().reason == CloseReason::shutting_down);
    named.close();
    stranger.close();
    CHECK(server.process().wait_for_exit() == 0);
  }
}

TEST_CASE("a peer that neither reads nor closes cannot keep it from ending") {
  ServerProcess server;
  const Peer stuck = Peer::named(server.port(), "stuck");
  Peer talker = Peer::named(server.port(), "talker");
  for (int i = 0; i < 500; ++i) {
    talker.say(std::string(4000, 'x'));
    talker.expect<Posted>();
  }
  server.process().signal(SIGTERM);
  SUBCASE("for longer than 2 s") {
    CHECK(server.process().wait_for_exit() == 0);
  }
  SUBCASE("not at all after a second signal") {
    talker.expect<Goodbye>();
    server.process().signal(SIGTERM);
    CHECK(server.process().wait_for_exit() == 1);
  }
}
