// The load tool itself, run against a real server, directly and through a relay that does it wrong.

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/bench/relay.hpp"
#include "tests/bench/terminal_program.hpp"
#include "tests/support/process.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;

namespace {

// A short run with 5 clients; what `more` says again overrules this.
std::vector<std::string> scenario(const std::string& name, std::uint16_t port,
                                  const std::vector<std::string>& more) {
  std::vector<std::string> arguments{
      CHAT_BENCH,  name,  "--server",     "127.0.0.1:" + std::to_string(port),
      "--clients", "5",   "--senders",    "2",
      "--seconds", "0.3", "--text-bytes", "64"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::vector<std::string> fanout(std::uint16_t port, const std::vector<std::string>& more = {}) {
  return scenario("fanout", port, more);
}

// 20 clients in 4 rooms, of whom 8 send, so two in each.
std::vector<std::string> rooms(std::uint16_t port, std::vector<std::string> more) {
  more.insert(more.begin(), {"--rooms", "4", "--clients", "20", "--senders", "8", "--json"});
  return scenario("rooms", port, more);
}

struct Outcome {
  int exit_status = -1;
  nlohmann::json report;
};

Outcome run(const std::vector<std::string>& arguments) {
  Process bench(arguments);
  const auto status = bench.wait_for_exit();
  REQUIRE_MESSAGE(status.has_value(), bench.standard_error());
  CAPTURE(bench.standard_error());
  return {*status, nlohmann::json::parse(bench.standard_output())};
}

Outcome run_through_relay(Fault fault, std::vector<std::string> more = {}) {
  const ServerProcess server;
  const Relay relay(server.port(), fault);
  more.insert(more.end(), {"--rate", "200", "--json"});
  return run(fanout(relay.port(), more));
}

}  // namespace

TEST_CASE("a run in which everything comes exits 0") {
  const Outcome outcome = run_through_relay(Fault::none);
  CHECK(outcome.exit_status == 0);
  CHECK(outcome.report["sent"] == 60);
  CHECK(outcome.report["expected"] == 300);
  CHECK(outcome.report["delivered"] == 300);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 0);
  CHECK(outcome.report["misordered"] == 0);
}

TEST_CASE("a frame that is dropped is lost") {
  const Outcome outcome = run_through_relay(Fault::drop, {"--patience", "1"});
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
  CHECK(outcome.report["duplicated"] == 0);
  CHECK(outcome.report["misordered"] == 0);
  CHECK(outcome.report["delivered"] == 299);
}

TEST_CASE("a frame that is dropped is lost, however often another one is repeated") {
  const Outcome outcome = run_through_relay(Fault::drop_and_repeat, {"--patience", "1"});
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
  CHECK(outcome.report["duplicated"] > 1);
  CHECK(outcome.report["misordered"] == 0);
}

TEST_CASE("a frame that comes twice is duplicated") {
  const Outcome outcome = run_through_relay(Fault::twice);
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 1);
  CHECK(outcome.report["misordered"] == 0);
}

TEST_CASE("frames that change places are misordered") {
  const Outcome outcome = run_through_relay(Fault::swap);
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 0);
  CHECK(outcome.report["misordered"] == 1);
}

TEST_CASE("a closed loop against a server whose process is watched") {
  ServerProcess server;
  Process bench(fanout(server.port(), {"--clients", "200", "--window", "16", "--json",
                                       "--server-pid", std::to_string(server.process().pid())}));
  REQUIRE(bench.wait_for_exit() == 0);
  const auto report = nlohmann::json::parse(bench.standard_output());
  CHECK(report["sent"] > 16);
  CHECK(report["delivered"] == report["expected"]);
  CHECK(report["server_cpu_us_per_delivery"].is_number());
  CHECK(report["server_rss_kib_per_connection"].is_number());
}

TEST_CASE("several processes share the clients, and are one run") {
  const Outcome outcome = run_through_relay(Fault::none, {"--processes", "3"});
  CHECK(outcome.exit_status == 0);
  CHECK(outcome.report["processes"] == 3);
  CHECK(outcome.report["sent"] == 60);
  CHECK(outcome.report["expected"] == 300);
  CHECK(outcome.report["delivered"] == 300);
  CHECK(outcome.report["unacknowledged"] == 0);
}

TEST_CASE("a fault that one of several processes sees is in the result of all") {
  CHECK(run_through_relay(Fault::drop, {"--processes", "2", "--patience", "1"}).report["lost"] ==
        1);
  CHECK(run_through_relay(Fault::twice, {"--processes", "2"}).report["duplicated"] == 1);
  const Outcome swapped = run_through_relay(Fault::swap, {"--processes", "2"});
  CHECK(swapped.exit_status == 1);
  CHECK(swapped.report["misordered"] >= 1);
}

TEST_CASE("several processes keep one window") {
  const ServerProcess server;
  const Outcome outcome =
      run(fanout(server.port(), {"--clients", "100", "--senders", "10", "--window", "8", "--json",
                                 "--processes", "2"}));
  CHECK(outcome.exit_status == 0);
  CHECK(outcome.report["sent"] > 8);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
}

TEST_CASE("in several rooms everybody gets what is said in theirs") {
  const ServerProcess server;
  for (const char* const processes : {"1", "2"}) {
    const Outcome outcome = run(rooms(server.port(), {"--rate", "200", "--processes", processes}));
    CHECK(outcome.exit_status == 0);
    CHECK(outcome.report["scenario"] == "rooms");
    CHECK(outcome.report["rooms"] == 4);
    CHECK(outcome.report["sent"] == 60);
    CHECK(outcome.report["expected"] == 300);
    CHECK(outcome.report["delivered"] == 300);
  }
}

TEST_CASE("rooms share a window") {
  const ServerProcess server;
  const Outcome outcome = run(rooms(server.port(), {"--window", "8"}));
  CHECK(outcome.exit_status == 0);
  CHECK(outcome.report["sent"] > 8);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
}

TEST_CASE("a fault in one of several rooms is found") {
  const ServerProcess server;
  const Relay relay(server.port(), Fault::drop);
  const Outcome outcome = run(rooms(relay.port(), {"--rate", "200", "--patience", "1"}));
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
  CHECK(outcome.report["delivered"] == 299);
}

TEST_CASE("a server that is not there is a failure in one sentence for several processes, too") {
  const std::uint16_t port = ServerProcess().port();
  Process bench(fanout(port, {"--rate", "100", "--processes", "2"}));
  CHECK(bench.wait_for_exit() == 1);
  CHECK(bench.standard_error() ==
        "chat-bench: connecting to 127.0.0.1:" + std::to_string(port) + ": Connection refused\n");
}

TEST_CASE("on a terminal a line shows how far a run is, and is gone at the end") {
  const ServerProcess server;
  TerminalProgram bench(fanout(server.port(), {"--rate", "100"}));
  REQUIRE_MESSAGE(bench.wait_for_exit() == 0, bench.output());
  const std::string wipe = "\r\033[K";
  const std::string& output = bench.output();
  CHECK_MESSAGE(output.starts_with(wipe), output);
  CHECK_MESSAGE(output.find(" of 5 clients connected" + wipe) != std::string::npos, output);
  CHECK_MESSAGE(output.find(wipe + "fanout: 5 clients in one room") != std::string::npos, output);
}

TEST_CASE("a server that goes away in the middle is a failure in words") {
  ServerProcess server;
  TerminalProgram bench(fanout(server.port(), {"--rate", "100", "--seconds", "60", "--server-pid",
                                               std::to_string(server.process().pid())}));
  REQUIRE_MESSAGE(bench.shows("sending: "), bench.output());
  server.process().signal(SIGKILL);
  CHECK(bench.wait_for_exit() == 1);
  const std::string report = bench.output().substr(bench.output().rfind('\033'));
  CHECK_MESSAGE(report.find("\nsent  ") != std::string::npos, report);
  CHECK_MESSAGE(report.find(server.address()) != std::string::npos, report);
}

TEST_CASE("a server that is not there is a failure in words") {
  const std::uint16_t port = ServerProcess().port();
  Process bench(fanout(port, {"--rate", "100"}));
  CHECK(bench.wait_for_exit() == 1);
  CHECK(bench.standard_error().find("Connection refused") != std::string::npos);
  CHECK(bench.standard_output().empty());
}

TEST_CASE("the file limit is named when it is what stops it") {
  const auto lower_limit = [] {
    const rlimit limit{24, 24};
    setrlimit(RLIMIT_NOFILE, &limit);
  };
  Process bench(fanout(1, {"--rate", "100", "--clients", "50"}), lower_limit);
  CHECK(bench.wait_for_exit() == 1);
  CHECK(bench.standard_error() ==
        "chat-bench: the file limit is in the way: 50 clients need 66 open files, and the hard "
        "limit of this process is 24; raise it (ulimit -Hn, or LimitNOFILE= of a service)\n");
}

TEST_CASE("a process to watch that does not exist is a failure in words") {
  const ServerProcess server;
  Process bench(fanout(server.port(), {"--rate", "100", "--server-pid", "2147483647"}));
  CHECK(bench.wait_for_exit() == 1);
  CHECK(bench.standard_error() ==
        "chat-bench: reading /proc/2147483647/stat: No such file or directory\n");
}

TEST_CASE("a wrong command line exits 2") {
  Process bench(fanout(1));
  CHECK(bench.wait_for_exit() == 2);
  CHECK(bench.standard_error() == "chat-bench: one of --rate and --window is needed\n");
}
