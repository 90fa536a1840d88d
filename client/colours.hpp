// Colours that the user has chosen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chat::client {

// By their numbers in the terminal; -1 is the terminal's own. A plain value.
struct Colours {
  std::optional<short> event{};
  std::optional<short> notice{};
  std::optional<short> own{};
  std::optional<short> whisper{};
  std::optional<short> error{};
  std::optional<short> alert{};
  std::optional<short> mention{};
  std::vector<short> names{};  // of nicknames; empty: not chosen
};

// "red", "bright-red", "default", or a number up to 255. Nothing for what is none.
std::optional<short> colour_named(std::string_view text);

// Those that have names, "default" included.
std::vector<std::string_view> colour_names();

// A name or a number that means it.
std::string name_of_colour(short colour);

}  // namespace chat::client
