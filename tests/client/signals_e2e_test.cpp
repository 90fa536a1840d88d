// What signals do to the client, and what they leave of it in the terminal.

#include <doctest/doctest.h>
#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/client/client_in_shell.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

// Waits until `text` is on the screen no longer.
bool loses(PtyProgram& program, const std::string& text) {
  return program.read_until([&] { return program.screen().find(text) == std::string::npos; });
}

// Whether a program that begins now would have its keys echoed.
bool keys_are_echoed(PtyProgram& shell) {
  shell.type("case $(stty -a) in *' -echo '*) echo ra''w;; *) echo coo''ked;; esac\r");
  return shell.shows("cooked");
}

// Whether some file in a folder has this text.
bool has_text(const std::filesystem::path& folder, std::string_view text) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file())
      continue;
    std::ifstream file(entry.path());
    const std::string all(std::istreambuf_iterator<char>(file), {});
    if (all.find(text) != all.npos)
      return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a client that was stopped without having been asked takes the terminal again") {
  ServerProcess server;
  ClientInShell job(server);
  PtyProgram& shell = job.shell;
  ::kill(job.client, SIGSTOP);
  REQUIRE(job.is_stopped());
  shell.resize(90, 10);
  shell.type("fg\r");
  REQUIRE(loses(shell, "Stopped"));
  shell.type("still here\r");
  REQUIRE(shell.shows("<Ann> still here"));
  CHECK(shell.full_screen());
  const std::string screen = picture(shell);
  CHECK(screen.starts_with("\n lobby · 1 person · "));
  CHECK(screen.ends_with("\n Ann · /help explains the commands\n\n"));
  shell.type("/quit\r");
  REQUIRE(shell.read_until([&] { return !shell.full_screen(); }));
  REQUIRE(job.has_prompt());
  CHECK(keys_are_echoed(shell));
}

TEST_CASE("whoever stops the client has the terminal as it was, and continuing takes it again") {
  constexpr std::string_view kF4 = "\033OS";
  ServerProcess server;
  ClientInShell job(server);
  PtyProgram& shell = job.shell;
  const auto is_taken = [&] {
    return shell.full_screen() && shell.mouse_taken() && shell.tells_pastes();
  };
  shell.type(kF4);
  REQUIRE(shell.read_until(is_taken));
  SUBCASE("with Ctrl-Z") {
    shell.type("\x1A");
  }
  SUBCASE("with a signal from elsewhere") {
    ::kill(job.client, SIGTSTP);
  }
  REQUIRE(job.is_stopped());
  CHECK_FALSE(shell.full_screen());
  CHECK_FALSE(shell.mouse_taken());
  CHECK_FALSE(shell.tells_pastes());
  CHECK(shell.cursor_visible());
  CHECK(keys_are_echoed(shell));
  shell.type("fg\r");
  REQUIRE(shell.read_until(is_taken));
  shell.type("still here\r");
  CHECK(shell.shows("<Ann> still here"));
}

TEST_CASE("Ctrl-Z in the user's editor stops the client, too, and both go on") {
  const TemporaryFolder folder;
  const std::string end = (folder.path() / "end").string();
  ServerProcess server;
  ClientInShell job(
      server, 80, 12,
      "sh -c 'echo opened; until test -e " + end + "; do sleep 0.1; done; echo written >$0'");
  PtyProgram& shell = job.shell;
  shell.type("\033e");
  REQUIRE(shell.shows("opened"));
  shell.type("\x1A");
  REQUIRE(job.is_stopped());
  shell.type("fg\r");
  std::ofstream(end) << "now";
  REQUIRE(shell.shows("\nwritten\n"));
  CHECK(shell.full_screen());
  shell.type("\r");
  CHECK(shell.shows("<Ann> written"));
}

TEST_CASE("a broken pipe somewhere does not end the client") {
  auto [server, ann] = ChatWithAnn();
  ann.signal(SIGPIPE);
  ann.type("still here\r");
  CHECK(ann.shows("<Ann> still here"));
}

TEST_CASE("Ctrl-C empties the line first, and what stood there can be put in again") {
  auto [server, ann] = ChatWithAnn();
  ann.type("precious\x03");
  REQUIRE(ann.shows("\n Ann · /help explains the commands\n\n"));
  ann.type("\x19");
  REQUIRE(ann.shows("\nprecious\n"));
  ann.type("\x03\x03");
  CHECK(ann.wait_for_exit() == 0);
}

TEST_CASE("what is being written is there again, whatever has ended the client") {
  ServerProcess server;
  const TemporaryFolder state;
  {
    PtyProgram ann = client_at(server.address(), "Ann", 60, 12, state.path());
    REQUIRE(ann.shows("→ Ann joined"));
    ann.type("precious");
    REQUIRE(ann.shows("\nprecious\n"));
    SUBCASE("SIGHUP") {
      ann.signal(SIGHUP);
    }
    SUBCASE("SIGTERM") {
      ann.signal(SIGTERM);
    }
    SUBCASE("the window is closed") {
      ann.hang_up();
    }
    SUBCASE("SIGKILL, a moment later") {
      for (const Deadline deadline; !deadline.passed() && !has_text(state.path(), "precious");)
        ann.read_until([] { return false; }, Deadline(milliseconds(50)));
      ann.signal(SIGKILL);
    }
    ann.wait_for_exit();
  }
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, state.path());
  REQUIRE(ann.shows("\nprecious\n"));
  ann.type("!\r");
  CHECK(ann.shows("<Ann> precious!"));
}

TEST_CASE("what was being written to somebody is written to nobody else by the next client") {
  ServerProcess server({"--durability", "process"});
  const TemporaryFolder state;
  const Peer cleo = Peer::named(server.port(), "Cleo");
  const Peer bert = Peer::named(server.port(), "Bert");
  {
    PtyProgram ann = client_at(server.address(), "Ann", 60, 12, state.path());
    REQUIRE(ann.shows("→ Ann joined"));
    ann.type("/query Bert\rfor Bert alone");
    REQUIRE(ann.shows("\nfor Bert alone\n"));
    ann.signal(SIGTERM);
    ann.wait_for_exit();
  }
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, state.path());
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("/query Cleo\r");
  REQUIRE(ann.shows("[2 @Cleo]"));
  CHECK(ann.screen().find("for Bert alone") == std::string::npos);
  ann.type("/query Bert\r");
  CHECK(ann.shows("\nfor Bert alone\n"));
}
