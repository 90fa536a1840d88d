#include "bench/load/process_stats.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <sstream>

namespace chat::bench {
namespace {

std::expected<std::string, net::Failure> first_line(const std::string& path) {
  errno = 0;
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line))
    return std::unexpected(net::last_failure("reading " + path));
  return line;
}

Duration from_timeval(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

std::optional<std::uint64_t> cpu_ticks(std::string_view stat_line) {
  const auto name_end = stat_line.rfind(')');
  if (name_end == stat_line.npos)
    return std::nullopt;
  std::istringstream fields{std::string(stat_line.substr(name_end + 1))};
  constexpr int kFieldsBetween = 11;  // state (3) to cmajflt (13)
  std::string skipped;
  for (int i = 0; i < kFieldsBetween; ++i)
    fields >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  if (!(fields >> user >> system))
    return std::nullopt;
  return user + system;
}

std::expected<ProcessStats, net::Failure> read_process_stats(pid_t pid) {
  const auto stat = first_line(fmt::format("/proc/{}/stat", pid));
  if (!stat)
    return std::unexpected(stat.error());
  const auto statm = first_line(fmt::format("/proc/{}/statm", pid));
  if (!statm)
    return std::unexpected(statm.error());
  const auto ticks = cpu_ticks(*stat);
  std::uint64_t total_pages = 0;
  std::uint64_t resident_pages = 0;
  if (!ticks || !(std::istringstream(*statm) >> total_pages >> resident_pages))
    return std::unexpected(net::Failure{0, fmt::format("/proc/{} is not understood", pid)});
  const double ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  return ProcessStats{from_seconds(static_cast<double>(*ticks) / ticks_per_second),
                      resident_pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE))};
}

std::expected<std::optional<ProcessStats>, std::string> read_watched(
    const std::optional<pid_t>& pid) {
  if (!pid)
    return std::nullopt;
  const auto stats = read_process_stats(*pid);
  if (!stats)
    return std::unexpected(describe(stats.error()));
  return *stats;
}

std::optional<std::int64_t> ServerUse::growth() const {
  if (!resident_before || !resident_after)
    return std::nullopt;
  return static_cast<std::int64_t>(*resident_after) - static_cast<std::int64_t>(*resident_before);
}

ServerUse use_since(const std::optional<ProcessStats>& before, const std::optional<pid_t>& pid) {
  const auto after = read_watched(pid);
  if (!before || !after || !*after)
    return {};
  return {(*after)->cpu - before->cpu, before->resident_bytes, (*after)->resident_bytes};
}

Duration cpu_of(pid_t pid) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
    return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

Duration own_cpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return from_timeval(usage.ru_utime) + from_timeval(usage.ru_stime);
}

}  // namespace chat::bench
