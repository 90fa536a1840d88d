// A chat of real programs: a server and, each in a terminal of its own, its clients.
#pragma once

#include <termios.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "tests/client/pty_program.hpp"
#include "tests/support/server_process.hpp"

namespace chat::test {

// The path of this build's chat-client.
std::string client_program();

// A client of the server at this address in a terminal of this size; see PtyProgram.
PtyProgram client_at(const std::string& address, std::string_view nickname, int columns = 60,
                     int rows = 12, std::filesystem::path state_home = {});

// A client of this server.
PtyProgram client_of(const ServerProcess& server, std::string_view nickname, int columns = 60,
                     int rows = 12);

// Presses the key that tries to connect, again and again, until the text is shown.
bool shows_after_tries(PtyProgram& program, std::string_view part);

// A server, and a client whose user has joined as "Ann". Waits for that.
struct ChatWithAnn {
  explicit ChatWithAnn(int columns = 60, int rows = 12);

  ServerProcess server;
  PtyProgram ann;
};

// The screen with every time of day as HH:MM, a date before it as YYYY-MM-DD, and the server's port
// as PORT#, so that it is the same in every run. A line break in front lets tests write the picture
// on lines of its own. A mark for the cursor stands before the cell where it is.
std::string picture(const PtyProgram& program, std::string_view cursor_mark = {});

// Reads until the picture is the expected one; the picture as it is then, or at the deadline.
std::string picture_like(PtyProgram& program, std::string_view expected);

// Whether two terminals are set alike.
bool alike(const termios& a, const termios& b);

}  // namespace chat::test
