// Signals as input of the main loop.
#pragma once

#include <csignal>
#include <vector>

#include "net/unique_fd.hpp"

namespace chat::client {

// Takes SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH and SIGCONT out of the normal delivery and
// offers them on a file descriptor (signalfd(2)), for as long as it lives; after it those that end
// a program are ignored. SIGCONT continues the process all the same. Created before any other
// thread.
class Signals {
 public:
  // Whether SIGTSTP stops the process at once, or is taken and offered like the others: then
  // whoever is told of it is to call stop() as soon as the process may stop.
  enum class Stopping { at_once, when_ready };

  explicit Signals(Stopping stopping = Stopping::at_once);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // The file descriptor to poll for input.
  int fd() const { return fd_.get(); }
  // The signals that have come since the last call; does not wait.
  std::vector<int> take();
  // Whether this one asks the program to end: any but SIGWINCH, SIGCONT and SIGTSTP.
  static bool ends(int number);
  // Stops this process until somebody continues it. Without a shell that could (an orphaned process
  // group) nothing happens.
  void stop();
  // As the terminal driver does at Ctrl-Z: the whole job stops, also a script that runs this
  // program, or its shell would go on waiting for it.
  void stop_job();

 private:
  sigset_t before_{};
  net::UniqueFd fd_;
};

}  // namespace chat::client
