#include "client/key_reader.hpp"

// Leaves out the macros that would shadow names of C++ (ncurses(3)).
#define NCURSES_NOMACROS
#include <curses.h>

#include <array>
#include <utility>

namespace chat::client {
namespace {

constexpr int kEscape = 0x1B;
constexpr int kDelete = 0x7F;

// Codes for define_key(3), above those of curses.
enum ExtraKey : int { kWordLeft = KEY_MAX + 1, kWordRight };

struct Sequence {
  const char* bytes;
  int key;
};

// As xterm, rxvt, the Linux console and their heirs send them.
constexpr std::array kSequences = {
    Sequence{"\033[1;5D", kWordLeft}, Sequence{"\033[1;5C", kWordRight},
    Sequence{"\033[1;3D", kWordLeft}, Sequence{"\033[1;3C", kWordRight},
    Sequence{"\033Od", kWordLeft},    Sequence{"\033Oc", kWordRight},
    Sequence{"\033[5D", kWordLeft},   Sequence{"\033[5C", kWordRight},
    Sequence{"\033[H", KEY_HOME},     Sequence{"\033[F", KEY_END},
    Sequence{"\033OH", KEY_HOME},     Sequence{"\033OF", KEY_END},
    Sequence{"\033[1~", KEY_HOME},    Sequence{"\033[4~", KEY_END},
    Sequence{"\033[7~", KEY_HOME},    Sequence{"\033[8~", KEY_END},
    Sequence{"\033[3~", KEY_DC},      Sequence{"\033[5~", KEY_PPAGE},
    Sequence{"\033[6~", KEY_NPAGE},   Sequence{"\033[A", KEY_UP},
    Sequence{"\033[B", KEY_DOWN},     Sequence{"\033[C", KEY_RIGHT},
    Sequence{"\033[D", KEY_LEFT},
};

std::optional<Key> function_key(int code) {
  switch (code) {
    case KEY_ENTER:
      return NamedKey::enter;
    case KEY_BACKSPACE:
      return NamedKey::backspace;
    case KEY_DC:
      return NamedKey::del;
    case KEY_LEFT:
      return NamedKey::left;
    case KEY_RIGHT:
      return NamedKey::right;
    case KEY_UP:
      return NamedKey::up;
    case KEY_DOWN:
      return NamedKey::down;
    case KEY_HOME:
      return NamedKey::home;
    case KEY_END:
      return NamedKey::end;
    case KEY_PPAGE:
      return NamedKey::page_up;
    case KEY_NPAGE:
      return NamedKey::page_down;
    case kWordLeft:
      return NamedKey::word_left;
    case kWordRight:
      return NamedKey::word_right;
    default:
      return std::nullopt;
  }
}

std::optional<Key> control_key(int character) {
  switch (character) {
    case '\r':
    case '\n':
      return NamedKey::enter;
    case '\t':
      return NamedKey::tab;
    case '\b':
    case kDelete:
      return NamedKey::backspace;
    default:
      if (character >= 1 && character <= 26)
        return Control{static_cast<char>('a' + character - 1)};
      return std::nullopt;
  }
}

// The rest of a control sequence (ECMA-48, 5.4) that no key is known for.
void skip_sequence() {
  int code = 0;
  while ((code = ::wgetch(stdscr)) != ERR && (code < 0x40 || code > 0x7E)) {
  }
}

void add(std::vector<Key>& keys, Key key) {
  const auto* typed = std::get_if<Typed>(&key);
  auto* before = keys.empty() ? nullptr : std::get_if<Typed>(&keys.back());
  if (typed && before)
    before->text += typed->text;
  else
    keys.push_back(std::move(key));
}

}  // namespace

void define_extra_keys() {
  for (const auto& [bytes, key] : kSequences)
    ::define_key(bytes, key);
}

std::vector<Key> KeyReader::read_all() {
  std::vector<Key> keys;
  for (int code; (code = ::wgetch(stdscr)) != ERR;)
    if (auto key = key_for(code))
      add(keys, std::move(*key));
  return keys;
}

std::optional<Key> KeyReader::key_for(int code) {
  if (code >= KEY_MIN)
    return function_key(code);
  if (code == kEscape)
    return after_escape();
  if (code < 0x20 || code == kDelete)
    return control_key(code);
  if (auto character = characters_.take(static_cast<unsigned char>(code)))
    return Typed{std::move(*character)};
  return std::nullopt;
}

// Alt sends an escape before the character.
std::optional<Key> KeyReader::after_escape() {
  const int code = ::wgetch(stdscr);
  if (code == ERR)
    return NamedKey::escape;
  if (code == '[') {
    skip_sequence();
    return std::nullopt;
  }
  // A single shift (ECMA-48, 8.3.143) concerns one character.
  if (code == 'O') {
    ::wgetch(stdscr);
    return std::nullopt;
  }
  if (code > kDelete)
    return key_for(code);
  return Alt{static_cast<char32_t>(code)};
}

}  // namespace chat::client
