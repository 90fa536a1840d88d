// A server that the load tool has started itself, and may kill.
#pragma once

#include <sys/types.h>

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "bench/load/clock.hpp"
#include "net/endpoint.hpp"
#include "net/unique_fd.hpp"

namespace chat::bench {

// Owns the process, which ends with its owner, or with the thread that started it. What it writes
// to standard error is kept in memory. Move-only; one thread.
class ServerProgram {
 public:
  // Starts arguments[0], a path. Errors are sentences. Whether it serves, address() tells.
  static std::expected<ServerProgram, std::string> start(const std::vector<std::string>& arguments);
  ServerProgram(ServerProgram&& other) noexcept;
  ServerProgram& operator=(ServerProgram&& other) noexcept;
  ~ServerProgram();

  pid_t pid() const { return pid_; }
  Instant started() const { return started_; }

  // Where it listens, once it has said so ("listening on ADDRESS:PORT").
  std::optional<net::SocketAddress> address() const;

  // How it ended, in words for people, with the end of what it has written; nothing while it runs.
  std::optional<std::string> ended();

  // Ends it on the spot (SIGKILL), and waits until it is gone. An error is a sentence: it had ended
  // by itself before.
  std::expected<void, std::string> kill();
  // Asks it to end (SIGTERM). An error is a sentence: it did not end with status 0 within so long.
  std::expected<void, std::string> stop(Duration patience);

 private:
  ServerProgram(pid_t pid, net::UniqueFd log) : pid_(pid), log_(std::move(log)) {}
  bool wait(int flags);
  std::string how() const;
  std::string log() const;

  pid_t pid_ = -1;
  net::UniqueFd log_;  // a file in memory (memfd_create(2))
  Instant started_ = Clock::now();
  std::optional<int> status_;  // of waitpid(2)
};

}  // namespace chat::bench
