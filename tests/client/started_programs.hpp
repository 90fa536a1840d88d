// What programs that the client starts were given: scripts that say it in a pipe.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "tests/support/deadline.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chat::test {

// A named pipe; what is written there can be read here.
class NamedPipe {
 public:
  NamedPipe() {
    REQUIRE(::mkfifo(path().c_str(), 0600) == 0);
    fd_ = ::open(path().c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(fd_ >= 0);
  }
  ~NamedPipe() { ::close(fd_); }
  NamedPipe(const NamedPipe&) = delete;
  NamedPipe& operator=(const NamedPipe&) = delete;

  std::string path() const { return (folder_.path() / "pipe").string(); }

  // Up to the end of a line, or what there is at the deadline.
  std::string line() const {
    const Deadline deadline;
    std::string all;
    while (!all.ends_with('\n')) {
      pollfd entry{fd_, POLLIN, 0};
      char byte = 0;
      if (::poll(&entry, 1, deadline.poll_timeout()) <= 0 || ::read(fd_, &byte, 1) != 1)
        break;
      all += byte;
    }
    return all;
  }

  // Whether nothing has been written that was not read.
  bool is_empty() const {
    pollfd entry{fd_, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 0;
  }

 private:
  TemporaryFolder folder_;
  int fd_ = -1;
};

// A shell script in a file, for where arguments are divided at spaces.
class Script {
 public:
  explicit Script(const std::string& text) {
    const int fd = ::open(path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    REQUIRE(fd >= 0);
    const std::string whole = "#!/bin/sh\n" + text;
    REQUIRE(::write(fd, whole.data(), whole.size()) == static_cast<ssize_t>(whole.size()));
    ::close(fd);
  }
  std::string path() const { return (folder_.path() / "script").string(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace chat::test
