// Programs that the client starts for the user: real ones, that say in a pipe what they were given.

#include "client/detached.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "client/attention.hpp"
#include "client/browser.hpp"
#include "tests/client/started_programs.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::client;
using namespace chat::test;

namespace {}  // namespace

TEST_CASE("a program runs with its arguments and environment, and no shell reads them") {
  NamedPipe pipe;
  CHECK(run_detached({"sh", "-c", "echo \"$1 $WHAT\" > " + pipe.path(), "sh", "$(false) * ;x"},
                     {"WHAT=a b"}));
  CHECK(pipe.line() == "$(false) * ;x a b\n");
}

TEST_CASE("it has no terminal, no input, and is no child of this process") {
  NamedPipe pipe;
  CHECK(run_detached(
      {"sh", "-c", "read x; (: < /dev/tty) 2> /dev/null && x=tty; echo \"x$x\" > " + pipe.path()}));
  CHECK(pipe.line() == "x\n");
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("a program that is not there is told of") {
  const auto started = run_detached({"/nonexistent/program"});
  REQUIRE_FALSE(started);
  CHECK(started.error() == "/nonexistent/program cannot be run: No such file or directory.");
}

TEST_CASE("a browser gets the address where it wants it") {
  NamedPipe pipe;
  const Script browser("echo \"$# $*\" > " + pipe.path() + "\n");
  CHECK(open_page("https://x.y/?a&b", browser.path()));
  CHECK(pipe.line() == "1 https://x.y/?a&b\n");
  CHECK(open_page("https://x.y/", browser.path() + " --at=%s now"));
  CHECK(pipe.line() == "2 --at=https://x.y/ now\n");
}

TEST_CASE("the first browser that can be run is, and without one a sentence says so") {
  NamedPipe pipe;
  const Script browser("echo \"$*\" > " + pipe.path() + "\n");
  CHECK(open_page("https://x.y/", ":/nonexistent/browser:" + browser.path()));
  CHECK(pipe.line() == "https://x.y/\n");
  CHECK(open_page("https://x.y/", "/nonexistent/browser").error() ==
        "/nonexistent/browser cannot be run: No such file or directory.");
  CHECK(open_page("https://x.y/", "").error().starts_with("Which browser?"));
  CHECK(open_page("https://x.y/", " : ").error().starts_with("Which browser?"));
}

TEST_CASE("a mention runs the user's command, at most once a second") {
  NamedPipe pipe;
  const Script command("echo \"$1/$EDGECHAT_FROM/$EDGECHAT_ROOM/$EDGECHAT_TEXT\" > " + pipe.path() +
                       "\n");
  Attention attention({.bell = false, .command = command.path() + " now"});
  const Attention::Clock::time_point start{};
  CHECK(attention.call({"lobby", "Lisa", "$(false) `x`"}, start) == Attention::Ring::no);
  CHECK(pipe.line() == "now/Lisa/lobby/$(false) `x`\n");
  CHECK(attention.call({"lobby", "Lisa", "2"}, start + std::chrono::milliseconds(999)));
  CHECK(attention.call({"lobby", "Lisa", "3"}, start + std::chrono::milliseconds(1000)));
  CHECK(pipe.line() == "now/Lisa/lobby/3\n");
  CHECK(pipe.is_empty());
}

TEST_CASE("the bell rings only when the user wants it, and a missing command is told of") {
  CHECK(Attention().call({"lobby", "Lisa", "x"}, {}) == Attention::Ring::no);
  CHECK(Attention({.bell = true}).call({"lobby", "Lisa", "x"}, {}) == Attention::Ring::yes);
  CHECK_FALSE(Attention({.command = "/nonexistent/program"}).call({"lobby", "Lisa", "x"}, {}));
}
