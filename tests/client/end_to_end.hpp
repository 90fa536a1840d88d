// A chat of real programs: the server and, each in a terminal of its own, its clients.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/client/pty_program.hpp"
#include "tests/support/process.hpp"

namespace chat::test {

// The paths of the programs, from the environment: CHAT_SERVER, CHAT_CLIENT.
std::string server_program();
std::string client_program();

// The server on a free port. Ends with its owner.
class ChatServer {
 public:
  explicit ChatServer(const std::vector<std::string>& options = {});

  const std::string& address() const { return address_; }
  Process& process() { return process_; }

  // A client in the terminal, which has this size.
  PtyProgram client(std::string_view nickname, int columns = 60, int rows = 12) const;

 private:
  Process process_;
  std::string address_;
};

// The screen with every time of day as HH:MM and the server's port as PORT#, so that it is the
// same in every run. A line break in front lets tests write the picture on lines of its own.
std::string picture(const PtyProgram& program);

// Reads until the picture is the expected one; the picture as it is then, or at the deadline.
std::string picture_like(PtyProgram& program, std::string_view expected);

// Whether two terminals are set alike.
bool alike(const termios& a, const termios& b);

}  // namespace chat::test
