// Which of a terminal's colours are used.
#pragma once

#include <optional>
#include <vector>

#include "client/colours.hpp"
#include "client/name_colour.hpp"

namespace chat::client {

// Colours by their numbers in the terminal; -1 is its own. A plain value.
struct Palette {
  short event;
  short notice;
  short own;
  short whisper;
  short error;
  short alert;
  short mention;
  std::vector<short> names;  // not empty

  // Which of `names` this one has.
  std::size_t index_of(NameColour name) const { return name.value % names.size(); }
};

// Of so many colours those that are readable on a dark and on a light background. Nothing where
// there are fewer than 8. What the user has chosen comes before that, if the terminal has it.
std::optional<Palette> palette_for(int colours, const Colours& chosen = {});

}  // namespace chat::client
