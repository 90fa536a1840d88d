// A client as a job of a shell.
#pragma once

#include <doctest/doctest.h>
#include <sys/types.h>

#include <fstream>
#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chat::test {

// A shell in a terminal of this size, and in its foreground a client whose user has joined as
// "Ann" and who writes elsewhere with this editor. The shell has no line editor, which would set
// the terminal for itself.
struct ClientInShell {
  explicit ClientInShell(const ServerProcess& server, int columns = 80, int rows = 12,
                         const std::string& editor = "false")
      : shell({"env", "-u", "VISUAL", "EDITOR=" + editor, "PS1=shell> ", "/bin/bash", "--norc",
               "--noediting", "-i"},
              columns, rows) {
    const std::string file = (folder.path() / "pid").string();
    shell.type("unset HISTFILE; sh -c 'echo $$ >" + file + "; exec " + client_program() + " " +
               server.address() + " --nick Ann'\r");
    // The whole of its first picture, cursor and all: a signal may come before the rest is drawn,
    // and the shell would write into that.
    REQUIRE(shell.read_until([this] {
      const std::string drawn = shell.screen("_");
      return drawn.find("→ Ann joined") != drawn.npos &&
             drawn.ends_with("\n Ann · /help explains the commands\n_\n");
    }));
    std::ifstream(file) >> client;
    REQUIRE(client > 1);
  }

  // Waits until the shell takes a command.
  bool has_prompt() {
    return shell.read_until(
        [this] { return shell.screen("_").find("shell> _\n") != std::string::npos; });
  }
  // Waits until it does because the client was stopped.
  bool is_stopped() { return shell.shows("Stopped") && has_prompt(); }

  TemporaryFolder folder;
  PtyProgram shell;
  pid_t client = 0;
};

}  // namespace chat::test
