// From what curses reads to keys.
#pragma once

#include <optional>
#include <vector>

#include "client/key.hpp"
#include "client/paste_input.hpp"
#include "client/utf8_input.hpp"

namespace chat::client {

// Tells curses the sequences of keys that terminfo(5) leaves out. After newterm(3).
void define_extra_keys();

// Reads from stdscr, which must be in keypad, nodelay and raw mode. One thread.
class KeyReader {
 public:
  // All that has been pressed until now; does not wait. Neighbouring characters come as one Typed;
  // sequences of unknown keys are swallowed. A paste comes as one Pasted, when all of it is there.
  std::vector<Key> read_all();

 private:
  std::optional<Key> key_for(int code);
  std::optional<Key> paste(int code);
  std::optional<Key> after_escape();

  // Bytes, not wget_wch(3): that loses a character of which only a part has come.
  Utf8Input characters_;
  std::optional<PasteInput> paste_;  // while one comes in
};

}  // namespace chat::client
