#include "client/line.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <ctime>
#include <iterator>
#include <string_view>

namespace chat::client {

bool is_said(LineKind kind) {
  return kind == LineKind::message || kind == LineKind::own_message;
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

Line marker_line() {
  return make_line_without_time(LineKind::marker, "── new ──");
}

std::string clock_of(WallTime when) {
  const std::tm local = local_time(when);
  return fmt::format("{:02}:{:02}", local.tm_hour, local.tm_min);
}

bool is_same_day(WallTime a, WallTime b) {
  const std::tm first = local_time(a);
  const std::tm second = local_time(b);
  return first.tm_yday == second.tm_yday && first.tm_year == second.tm_year;
}

// In English, whatever the locale.
std::string day_of(WallTime when, Columns most) {
  constexpr std::string_view kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
  constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
  const std::tm local = local_time(when);
  const auto day = kDays[static_cast<std::size_t>(local.tm_wday)];
  const auto month = kMonths[static_cast<std::size_t>(local.tm_mon)];
  const int year = local.tm_year + 1900;
  const std::string forms[] = {
      fmt::format("{}, {} {} {}", day, local.tm_mday, month, year),
      fmt::format("{} {} {} {}", day.substr(0, 3), local.tm_mday, month.substr(0, 3), year),
      fmt::format("{} {}", local.tm_mday, month.substr(0, 3)),
  };
  for (const std::string& form : forms)
    if (Columns{static_cast<int>(form.size())} <= most)
      return form;
  return forms[std::size(forms) - 1];
}

std::string date_and_time(WallTime when) {
  return fmt::format("{}:{:02}", date_and_clock(when), local_time(when).tm_sec);
}

std::string date_and_clock(WallTime when) {
  const std::tm local = local_time(when);
  return fmt::format("{}-{:02}-{:02} {}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                     clock_of(when));
}

}  // namespace chat::client
