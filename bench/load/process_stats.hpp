// What a process has used so far, from /proc (proc(5)).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "bench/load/clock.hpp"
#include "net/failure.hpp"

namespace chat::bench {

struct ProcessStats {
  Duration cpu{};  // user and system time of all threads, in steps of a clock tick (10 ms)
  std::uint64_t resident_bytes = 0;
};

// Fails when there is no such process.
std::expected<ProcessStats, net::Failure> read_process_stats(pid_t pid);

// The same of a process that may be watched; nothing when none is. The error is a sentence.
std::expected<std::optional<ProcessStats>, std::string> read_watched(
    const std::optional<pid_t>& pid);

// What a watched process did between two readings. Nothing when none is watched, or when the second
// reading failed, since the process has ended: what was delivered is still to be judged.
struct ServerUse {
  std::optional<Duration> cpu;
  std::optional<std::uint64_t> resident_before;
  std::optional<std::uint64_t> resident_after;

  // In bytes.
  std::optional<std::int64_t> growth() const;
};
ServerUse use_since(const std::optional<ProcessStats>& before, const std::optional<pid_t>& pid);

// User and system ticks of a line of /proc/PID/stat. The program's name in it may hold anything,
// spaces and brackets included.
std::optional<std::uint64_t> cpu_ticks(std::string_view stat_line);

// User and system time of all threads of a process, to the nanosecond; 0 when there is none.
Duration cpu_of(pid_t pid);
// CPU time of this process.
Duration own_cpu();

}  // namespace chat::bench
