// A program in a pseudo-terminal that is watched by what it writes, as it writes it: no emulator
// stands between, which would take its own time.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/clock.hpp"
#include "net/unique_fd.hpp"

namespace chat::bench {

struct PtyOptions {
  std::vector<std::string> arguments;    // arguments[0] is a path
  std::vector<std::string> environment;  // "NAME=value", all of it
  std::uint16_t columns = 80;
  std::uint16_t rows = 24;
};

// Owns the process, which ends with its owner, or with the thread that started it. What it writes
// is only read while something is waited for. Move-only; one thread.
class PtyProgram {
 public:
  // Errors are sentences. Whether there is such a program, ended() tells.
  static std::expected<PtyProgram, std::string> start(const PtyOptions& options);
  PtyProgram(PtyProgram&& other) noexcept;
  PtyProgram& operator=(PtyProgram&&) = delete;
  ~PtyProgram();

  pid_t pid() const { return pid_; }
  Instant started() const { return started_; }

  // As if typed. What the terminal does not take is lost: the program does not read.
  void type(std::string_view bytes);

  // Each reads what is written until something has happened. The first gives when it was read:
  // `part`, as it stands between two escape sequences, or anything more when that is empty. Nothing
  // when that does not come within `patience`. What was read behind the part is the next one's.
  std::optional<Instant> wait_for(std::string_view part, Duration patience);
  void read_for(Duration duration);
  // Nothing was written for `silence`: gives what was before. Nothing when that does not come
  // within `patience`.
  std::optional<std::string> wait_for_silence(Duration silence, Duration patience);
  // It has ended. False when it has not within `patience`.
  bool wait_for_end(Duration patience);

  // How it ended, in words for people; nothing while it runs. When it has let go of its terminal,
  // it is given some seconds to end.
  std::optional<std::string> ended();
  bool ended_well() const;
  // The end of what was read, so many bytes at most, for people: nothing in it steers a terminal.
  static constexpr std::size_t kLastBytes = 2000;
  std::string last_words() const;

  // What was read until now: how much, and in how many pieces with a pause between them, as it
  // comes when a program draws one picture after the other.
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t bursts() const { return bursts_; }

 private:
  PtyProgram(pid_t pid, net::UniqueFd terminal, Instant started)
      : pid_(pid), terminal_(std::move(terminal)), started_(started) {}

  // Waits until `end` for output, and adds it to what is unread. False at `end`, or when nobody can
  // write any more.
  bool read_some(Instant end);
  // Whether it is unread; what is up to its end is not any more.
  bool take_through(std::string_view part);
  bool has_ended();

  pid_t pid_ = -1;
  net::UniqueFd terminal_;
  Instant started_;
  std::optional<int> status_;  // of waitpid(2)
  bool is_hung_up_ = false;    // nobody can write to the terminal any more
  std::string piece_;
  std::string unread_;  // what no wait was over at yet
  std::string tail_;    // the last of all that was read
  std::uint64_t bytes_ = 0;
  std::uint64_t bursts_ = 0;
  Instant last_read_{};
};

}  // namespace chat::bench
