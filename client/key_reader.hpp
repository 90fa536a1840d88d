// From what curses reads to keys.
#pragma once

#include <vector>

#include "client/key.hpp"

namespace chat::client {

// Tells curses the sequences of keys that terminfo(5) leaves out. After newterm(3).
void define_extra_keys();

// Reads from stdscr, which must be in keypad, nodelay and raw mode, until there is no more. Neigh-
// bouring characters come as one Typed. Sequences of unknown keys are swallowed.
std::vector<Key> read_all_keys();

}  // namespace chat::client
