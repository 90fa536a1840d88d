// Which of a terminal's colours are used.
#pragma once

#include <span>

#include "client/name_colour.hpp"

namespace chat::client {

// Colours by their numbers in the terminal. A plain value.
struct Palette {
  short event;
  short notice;
  short whisper;
  short error;
  short alert;
  short mention;
  std::span<const short> names;  // not empty; lives as long as the program

  // Which of `names` this one has.
  std::size_t index_of(NameColour name) const { return name.value % names.size(); }
};

// What can be told apart where there are so many colours; of 256, those that are readable on a dark
// and on a light background. Nothing where there are fewer than 8. The pointer is always valid.
const Palette* palette_for(int colours);

}  // namespace chat::client
