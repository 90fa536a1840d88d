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
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // The file descriptor to poll for input.
  int fd() const { return fd_.get(); }
  // The signals that have come since the last call; does not wait.
  std::vector<int> take();
  // Whether this one asks the program to end: any but SIGWINCH and SIGCONT.
  static bool ends(int number);

 private:
  sigset_t before_{};
  net::UniqueFd fd_;
};

}  // namespace chat::client
