#include "bench/load/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace chat::bench {
namespace {

constexpr Duration kBetweenLines = std::chrono::milliseconds(200);
constexpr std::string_view kWipe = "\r\033[K";  // ECMA-48, erase in line

}  // namespace

Progress::Progress(bool wanted) : terminal_(wanted && isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_)
    fmt::print(stderr, "{}", kWipe);
}

void Progress::show(Instant now, std::string_view line) {
  fmt::print(stderr, "{}{}", kWipe, line);
  std::fflush(stderr);
  shown_ = true;
  next_ = now + kBetweenLines;
}

}  // namespace chat::bench
