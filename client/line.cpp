#include "client/line.hpp"

#include <fmt/format.h>

#include <ctime>

namespace chat::client {

bool is_said(LineKind kind) {
  return kind == LineKind::message || kind == LineKind::own_message || kind == LineKind::whisper;
}

namespace {

std::tm local_time(WallTime when) {
  const std::time_t seconds = when.milliseconds / 1000;
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return local;
}

}  // namespace

Line make_line(LineKind kind, WallTime when, std::string_view text) {
  return {.kind = kind, .text = std::string(text), .time = when};
}

Line make_line_without_time(LineKind kind, std::string_view text) {
  return {.kind = kind, .text = std::string(text)};
}

Line beginning_line() {
  return make_line_without_time(LineKind::beginning, "The beginning of what is kept.");
}

std::string clock_of(WallTime when) {
  const std::tm local = local_time(when);
  return fmt::format("{:02}:{:02}", local.tm_hour, local.tm_min);
}

std::string date_and_clock(WallTime when) {
  const std::tm local = local_time(when);
  return fmt::format("{}-{:02}-{:02} {}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                     clock_of(when));
}

}  // namespace chat::client
