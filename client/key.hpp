// What a person can press.
#pragma once

#include <string>
#include <variant>

#include "client/units.hpp"

namespace chat::client {

enum class NamedKey {
  enter,
  tab,
  escape,
  backspace,
  insert,
  del,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
};

struct Modifiers {
  bool shift = false;
  bool alt = false;
  bool control = false;
  bool operator==(const Modifiers&) const = default;
};

// A named key together with at least one modifier.
struct Modified {
  NamedKey key;
  Modifiers with;
  bool operator==(const Modified&) const = default;
};

// Characters in a row, as typed: UTF-8 without C0 and DEL.
struct Typed {
  std::string text;
  bool operator==(const Typed&) const = default;
};

// What was pasted: UTF-8 without C0 and DEL but for line breaks, '\n'.
struct Pasted {
  std::string text;
  bool operator==(const Pasted&) const = default;
};

struct Control {
  char character;  // 'a' to 'z', ' ', or one of "\]^_"
  bool operator==(const Control&) const = default;
};

struct Alt {
  char32_t character;
  bool operator==(const Alt&) const = default;
};

// What is done with the mouse, and where on the screen.
struct Mouse {
  enum class What { click, wheel_up, wheel_down };
  What what;
  Columns column;
  Rows row;
  bool operator==(const Mouse&) const = default;
};

using Key = std::variant<NamedKey, Modified, Typed, Pasted, Control, Alt, Mouse>;

}  // namespace chat::client
