// The log of what was said, as a client leaves it.

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/support/peer.hpp"

using namespace chat::test;
namespace fs = std::filesystem;

namespace {

// Somebody who has the log switched on, on a server that keeps messages.
struct Logged {
  TemporaryFolder folder;
  ServerProcess server{{"--durability", "process"}};

  Logged() { std::ofstream(folder.path() / "client.toml") << "nick = \"Ann\"\nlog = true\n"; }

  fs::path logs() const { return folder.path() / "edgechat/logs"; }
  fs::path log(const std::string& room) const {
    return logs() / server.address() / (room + ".log");
  }

  PtyProgram client(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{client_program(), server.address(), "--config",
                                       (folder.path() / "client.toml").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return PtyProgram(arguments, 90, 12, folder.path());
  }

  // With each time as TIME.
  std::string text(const std::string& room) const {
    static const std::regex kTime("(^|\n)[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} ");
    std::ifstream file(log(room));
    return std::regex_replace(std::string(std::istreambuf_iterator<char>(file), {}), kTime,
                              "$1TIME ");
  }
};

unsigned mode_of(const fs::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

void quit(PtyProgram& program) {
  program.type("/quit\r");
  CHECK(program.wait_for_exit() == 0);
}

}  // namespace

TEST_CASE("the log holds once what was said, also what was read after a kill, and is its owner's") {
  const Logged ann;
  Peer bert = Peer::named(ann.server.port(), "Bert");
  {
    PtyProgram first = ann.client();
    REQUIRE(first.shows("→ Ann joined"));
    first.type("one\r");
    REQUIRE(first.shows("<Ann> one"));
    REQUIRE(bert.expect_text() == "one");
    bert.say("two\nlines");
    REQUIRE(first.shows("lines"));
    first.type("/msg bert psst\r");
    REQUIRE(bert.expect_text() == "two\nlines");
    first.type("three\r");
    REQUIRE(first.shows("<Ann> three"));
    REQUIRE(first.read_until([&] { return ann.text("lobby").ends_with("three\n"); }));
    first.signal(SIGKILL);
    first.wait_for_exit();
  }
  bert.say("four");
  {
    PtyProgram next = ann.client();
    REQUIRE(next.shows("<Bert> four"));
    bert.say("five");
    REQUIRE(next.shows("<Bert> five"));
    quit(next);
  }
  CHECK(ann.text("lobby") ==
        "TIME <Ann> one\nTIME <Bert> two\n  lines\nTIME <Ann> three\nTIME <Bert> four\nTIME <Bert> "
        "five\n");
  CHECK(ann.text("@Bert") == "TIME <Ann> psst\n");
  CHECK(mode_of(ann.log("lobby")) == 0600);
  CHECK(mode_of(ann.log("lobby").parent_path()) == 0700);
  CHECK(mode_of(ann.logs()) == 0700);
}

TEST_CASE("the log is switched on and off, and a second client leaves it to the first one") {
  const Logged ann;
  PtyProgram first = ann.client({"--nick", "Lisa"});
  REQUIRE(first.shows("→ Lisa joined"));
  PtyProgram second = ann.client();
  REQUIRE(second.shows("The log is not written: another client writes"));
  first.type("/set log false\r");
  REQUIRE(first.shows("log = false"));
  for (const std::string value : {"false", "true"}) {
    second.type("/set log " + value + "\r");
    REQUIRE(second.shows("log = " + value));
  }
  second.type("hello\r");
  CHECK(second.read_until([&] { return ann.text("lobby") == "TIME <Ann> hello\n"; }));
}

TEST_CASE("the plain client writes the log, too") {
  const Logged ann;
  PtyProgram plain = ann.client({"--plain"});
  REQUIRE(plain.shows("You are in lobby now."));
  plain.type("hello\r");
  REQUIRE(plain.read_until([&] { return ann.text("lobby") == "TIME <Ann> hello\n"; }));
  quit(plain);
}
