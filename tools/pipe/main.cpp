// chat-pipe: a room for scripts.

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

#include "client/signals.hpp"
#include "tools/pipe/options.hpp"
#include "tools/pipe/pipe.hpp"

namespace {

// What a script has closed must not become the connection.
void open_standard_files() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(fd, F_GETFD) < 0)
      ::open("/dev/null", O_RDWR);
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_files();
  std::signal(SIGPIPE, SIG_IGN);
  const auto options = chat::pipe::parse_options(argc, argv);
  if (!options)
    return options.error().status;
  chat::client::Signals signals;
  return chat::pipe::Pipe(*options, signals).run();
}
