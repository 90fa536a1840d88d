#include "client/colours.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace chat::client {
namespace {

// In the order of their numbers.
constexpr std::array<std::string_view, 16> kNames = {
    "black",        "red",           "green",       "yellow",         "blue",
    "magenta",      "cyan",          "white",       "bright-black",   "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
};
constexpr std::string_view kDefault = "default";
constexpr short kLast = 255;

}  // namespace

std::optional<short> colour_named(std::string_view text) {
  if (text == kDefault)
    return short{-1};
  if (const auto* named = std::ranges::find(kNames, text); named != kNames.end())
    return static_cast<short>(named - kNames.begin());
  short number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && number >= 0 && number <= kLast ? std::optional(number) : std::nullopt;
}

std::vector<std::string_view> colour_names() {
  std::vector<std::string_view> names(kNames.begin(), kNames.end());
  names.push_back(kDefault);
  return names;
}

std::string name_of_colour(short colour) {
  if (colour < 0)
    return std::string(kDefault);
  const auto index = static_cast<std::size_t>(colour);
  return index < kNames.size() ? std::string(kNames[index]) : std::to_string(colour);
}

}  // namespace chat::client
