// What a person can press.
#pragma once

#include <string>
#include <variant>

namespace chat::client {

enum class NamedKey {
  enter,
  tab,
  escape,
  backspace,
  del,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  word_left,   // Ctrl-Left, Alt-Left
  word_right,  // Ctrl-Right, Alt-Right
};

// Characters in a row, as typed or pasted: UTF-8 without C0 and DEL.
struct Typed {
  std::string text;
  bool operator==(const Typed&) const = default;
};

struct Control {
  char letter;  // 'a' to 'z'
  bool operator==(const Control&) const = default;
};

struct Alt {
  char32_t character;
  bool operator==(const Alt&) const = default;
};

using Key = std::variant<NamedKey, Typed, Control, Alt>;

}  // namespace chat::client
