// All that a key can do. This is the one table of it: names for a configuration, keys, and what
// /keys tells of them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "client/configuration.hpp"
#include "client/layout.hpp"
#include "client/model.hpp"
#include "client/prompt.hpp"
#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// What an action cannot do by itself, since it is about the terminal or the connection.
enum class Wish {
  nothing,
  suspend,         // gives the terminal to the shell
  redraw,          // draws everything anew
  edit_elsewhere,  // lets the user write in their editor
  try_now,         // tries to reach the server at once
  turn_mouse,      // takes the mouse from the terminal, or gives it back
};

// What actions work on, for as long as one key takes.
struct Desk {
  Model& model;
  Prompt& prompt;
  Configuration& configuration;
  Size chat_area;       // its present size, for scrolling
  Columns input_width;  // where the rows of the input are broken
  Columns screen_width;
  WallTime now;
  std::string refusal{};  // a sentence that says why something was not done; empty: it was
  Wish wish = Wish::nothing;
  Panes panes{};  // beside the chat area
};

struct Action {
  std::string_view name;     // "word-left"
  std::string_view keys;     // by default, between blanks; see key_named()
  std::string_view purpose;  // "moves back by a word"
  // False: this is not the time for it, and the key's next action is asked.
  bool (*run)(Desk& desk);
};

// In the order in which /keys lists them, and in which a key's actions are asked by default.
std::span<const Action> actions();

// The action of this name; nothing when there is none. The pointer is always valid.
const Action* action_named(std::string_view name);

}  // namespace chat::client
