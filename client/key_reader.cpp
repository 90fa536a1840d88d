#include "client/key_reader.hpp"

// Leaves out the macros that would shadow names of C++ (ncurses(3)).
#define NCURSES_NOMACROS
#include <curses.h>
#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

namespace chat::client {
namespace {

constexpr int kEscape = 0x1B;
constexpr int kDelete = 0x7F;

// Codes for define_key(3), above those that curses gives to the capabilities of terminfo(5) that it
// does not know: a key, and in the lowest bits its modifiers as xterm counts them.
constexpr int kFirstCode = KEY_MAX + 1024;
// What begins and ends a paste (xterm: "bracketed paste mode").
constexpr int kPasteBegin = kFirstCode - 2;
constexpr int kPasteEnd = kFirstCode - 1;
constexpr unsigned kShift = 1;
constexpr unsigned kAlt = 2;
constexpr unsigned kControl = 4;
constexpr unsigned kAllModifiers = 7;

int code_of(NamedKey key, unsigned modifiers) {
  return kFirstCode +
         static_cast<int>(static_cast<unsigned>(key) * (kAllModifiers + 1) + modifiers);
}

Key key_of(NamedKey key, unsigned modifiers) {
  if (modifiers == 0)
    return key;
  return Modified{key,
                  {.shift = (modifiers & kShift) != 0,
                   .alt = (modifiers & kAlt) != 0,
                   .control = (modifiers & kControl) != 0}};
}

Key key_of_code(int code) {
  const auto number = static_cast<unsigned>(code - kFirstCode);
  return key_of(static_cast<NamedKey>(number / (kAllModifiers + 1)), number & kAllModifiers);
}

// How xterm and its heirs send a key: "CSI 1 ; modifiers final", or "CSI number ; modifiers ~".
struct Sent {
  NamedKey key;
  int number;
  char final;
};
constexpr std::array kSent = {
    Sent{NamedKey::up, 1, 'A'},      Sent{NamedKey::down, 1, 'B'},
    Sent{NamedKey::right, 1, 'C'},   Sent{NamedKey::left, 1, 'D'},
    Sent{NamedKey::home, 1, 'H'},    Sent{NamedKey::end, 1, 'F'},
    Sent{NamedKey::f1, 1, 'P'},      Sent{NamedKey::f2, 1, 'Q'},
    Sent{NamedKey::f3, 1, 'R'},      Sent{NamedKey::f4, 1, 'S'},
    Sent{NamedKey::home, 1, '~'},    Sent{NamedKey::insert, 2, '~'},
    Sent{NamedKey::del, 3, '~'},     Sent{NamedKey::end, 4, '~'},
    Sent{NamedKey::page_up, 5, '~'}, Sent{NamedKey::page_down, 6, '~'},
    Sent{NamedKey::home, 7, '~'},    Sent{NamedKey::end, 8, '~'},
    Sent{NamedKey::f1, 11, '~'},     Sent{NamedKey::f2, 12, '~'},
    Sent{NamedKey::f3, 13, '~'},     Sent{NamedKey::f4, 14, '~'},
    Sent{NamedKey::f5, 15, '~'},     Sent{NamedKey::f6, 17, '~'},
    Sent{NamedKey::f7, 18, '~'},     Sent{NamedKey::f8, 19, '~'},
    Sent{NamedKey::f9, 20, '~'},     Sent{NamedKey::f10, 21, '~'},
    Sent{NamedKey::f11, 23, '~'},    Sent{NamedKey::f12, 24, '~'},
};

// What rxvt sends.
struct Sequence {
  const char* bytes;
  NamedKey key;
  unsigned modifiers;
};
constexpr std::array kSequences = {
    Sequence{"\033Oa", NamedKey::up, kControl},    Sequence{"\033Ob", NamedKey::down, kControl},
    Sequence{"\033Oc", NamedKey::right, kControl}, Sequence{"\033Od", NamedKey::left, kControl},
    Sequence{"\033[a", NamedKey::up, kShift},      Sequence{"\033[b", NamedKey::down, kShift},
    Sequence{"\033[c", NamedKey::right, kShift},   Sequence{"\033[d", NamedKey::left, kShift},
    Sequence{"\033[Z", NamedKey::tab, kShift},
};

void define(const std::string& bytes, NamedKey key, unsigned modifiers) {
  ::define_key(bytes.c_str(), code_of(key, modifiers));
}

// In normal and application mode.
void define_plain(const Sent& sent) {
  if (sent.final == '~')
    return define(fmt::format("\033[{}~", sent.number), sent.key, 0);
  define(fmt::format("\033[{}", sent.final), sent.key, 0);
  define(fmt::format("\033O{}", sent.final), sent.key, 0);
}

void define_modified(const Sent& sent) {
  for (unsigned modifiers = 1; modifiers <= kAllModifiers; ++modifiers)
    define(fmt::format("\033[{};{}{}", sent.number, modifiers + 1, sent.final), sent.key,
           modifiers);
}

std::optional<Key> function_key(int code) {
  switch (code) {
    case KEY_ENTER:
      return NamedKey::enter;
    case KEY_BACKSPACE:
      return NamedKey::backspace;
    case KEY_DC:
      return NamedKey::del;
    case KEY_IC:
      return NamedKey::insert;
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
    case KEY_BTAB:
      return key_of(NamedKey::tab, kShift);
    default:
      break;
  }
  if (code >= KEY_F(1) && code <= KEY_F(12))
    return static_cast<NamedKey>(static_cast<int>(NamedKey::f1) + code - KEY_F(1));
  if (code >= kFirstCode && code <= code_of(NamedKey::f12, kAllModifiers))
    return key_of_code(code);
  return std::nullopt;
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
      break;
  }
  if (character == 0)
    return Control{' '};
  if (character <= 26)
    return Control{static_cast<char>('a' + character - 1)};
  return Control{static_cast<char>(character + '@')};
}

// The same key with Alt; nothing for what cannot have it.
std::optional<Key> with_alt(const Key& key) {
  if (const auto* named = std::get_if<NamedKey>(&key))
    return *named == NamedKey::escape ? key : Key(Modified{*named, {.alt = true}});
  if (const auto* modified = std::get_if<Modified>(&key)) {
    Modified changed = *modified;
    changed.with.alt = true;
    return changed;
  }
  return std::nullopt;
}

// Nothing for what is done with other buttons.
std::optional<Key> mouse_key() {
  MEVENT event;
  if (::getmouse(&event) != OK)
    return std::nullopt;
  const auto at = [&](Mouse::What what) { return Mouse{what, Columns{event.x}, Rows{event.y}}; };
  if ((event.bstate & BUTTON4_PRESSED) != 0)
    return at(Mouse::What::wheel_up);
  if ((event.bstate & BUTTON5_PRESSED) != 0)
    return at(Mouse::What::wheel_down);
  if ((event.bstate & BUTTON1_PRESSED) != 0)
    return at(Mouse::What::click);
  return std::nullopt;
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
  for (const auto& [bytes, key, modifiers] : kSequences)
    define(bytes, key, modifiers);
  for (const Sent& sent : kSent) {
    define_plain(sent);
    define_modified(sent);
  }
  ::define_key("\033[200~", kPasteBegin);
  ::define_key(PasteInput::kEnd, kPasteEnd);
}

std::vector<Key> KeyReader::read_all() {
  std::vector<Key> keys;
  for (int code; (code = ::wgetch(stdscr)) != ERR;)
    if (auto key = paste_ ? paste(code) : key_for(code))
      add(keys, std::move(*key));
  return keys;
}

// What is pasted is no keys, whatever it looks like.
std::optional<Key> KeyReader::paste(int code) {
  if (code < KEY_MIN)
    paste_->take(static_cast<unsigned char>(code));
  if (code != kPasteEnd && !paste_->has_ended())
    return std::nullopt;
  return Pasted{std::exchange(paste_, std::nullopt)->text()};
}

std::optional<Key> KeyReader::key_for(int code) {
  if (code == kPasteBegin) {
    paste_.emplace();
    return std::nullopt;
  }
  if (code == KEY_MOUSE)
    return mouse_key();
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
  if (code == kEscape)
    return NamedKey::escape;
  if (code >= 0x20 && code < kDelete)
    return Alt{static_cast<char32_t>(code)};
  const auto key = key_for(code);
  if (!key)
    return std::nullopt;
  return with_alt(*key).value_or(*key);
}

}  // namespace chat::client
