#include "client/line.hpp"

#include <fmt/format.h>

#include <ctime>

namespace chat::client {

bool is_said(LineKind kind) {
  return kind == LineKind::message || kind == LineKind::own_message || kind == LineKind::whisper;
}

Line make_line(LineKind kind, WallTime when, std::string_view text) {
  const std::time_t seconds = when.milliseconds / 1000;
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return {kind, fmt::format("{:02}:{:02} {}", local.tm_hour, local.tm_min, text)};
}

}  // namespace chat::client
