#include "client/key_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

struct Name {
  std::string_view text;
  NamedKey key;
};

constexpr std::array kNames = {
    Name{"Enter", NamedKey::enter},    Name{"Tab", NamedKey::tab},
    Name{"Esc", NamedKey::escape},     Name{"Backspace", NamedKey::backspace},
    Name{"Insert", NamedKey::insert},  Name{"Delete", NamedKey::del},
    Name{"Left", NamedKey::left},      Name{"Right", NamedKey::right},
    Name{"Up", NamedKey::up},          Name{"Down", NamedKey::down},
    Name{"Home", NamedKey::home},      Name{"End", NamedKey::end},
    Name{"PageUp", NamedKey::page_up}, Name{"PageDown", NamedKey::page_down},
    Name{"F1", NamedKey::f1},          Name{"F2", NamedKey::f2},
    Name{"F3", NamedKey::f3},          Name{"F4", NamedKey::f4},
    Name{"F5", NamedKey::f5},          Name{"F6", NamedKey::f6},
    Name{"F7", NamedKey::f7},          Name{"F8", NamedKey::f8},
    Name{"F9", NamedKey::f9},          Name{"F10", NamedKey::f10},
    Name{"F11", NamedKey::f11},        Name{"F12", NamedKey::f12},
};

constexpr std::string_view kSpace = "Space";
constexpr std::string_view kControlled = " \\]^_";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool alike(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view name_of_named(NamedKey key) {
  return std::ranges::find(kNames, key, &Name::key)->text;
}

std::string prefix_of(const Modifiers& modifiers) {
  return fmt::format("{}{}{}", modifiers.control ? "Ctrl-" : "", modifiers.alt ? "Alt-" : "",
                     modifiers.shift ? "Shift-" : "");
}

std::string name(NamedKey key) {
  return std::string(name_of_named(key));
}

std::string name(const Modified& key) {
  return prefix_of(key.with) + name(key.key);
}

std::string name(const Typed&) {
  return {};
}

std::string name(const Mouse&) {
  return {};
}
std::string name(const Pasted&) {
  return {};
}

std::string name(const Control& key) {
  if (key.character == ' ')
    return fmt::format("Ctrl-{}", kSpace);
  return fmt::format("Ctrl-{}", upper(key.character));
}

std::string name(const Alt& key) {
  std::string character;
  append_utf8(character, key.character);
  if (key.character == U' ')
    return fmt::format("Alt-{}", kSpace);
  if (key.character >= U'A' && key.character <= U'Z')
    return "Alt-Shift-" + character;
  return "Alt-" + (character.size() == 1 ? std::string(1, upper(character[0])) : character);
}

// Takes "Ctrl-" and so on off the front of a name; false when it begins with none.
bool take_modifier(std::string_view& name, Modifiers& modifiers) {
  struct Prefix {
    std::string_view text;
    bool Modifiers::* modifier;
  };
  constexpr std::array kPrefixes = {Prefix{"ctrl-", &Modifiers::control},
                                    Prefix{"alt-", &Modifiers::alt},
                                    Prefix{"shift-", &Modifiers::shift}};
  for (const auto& [text, modifier] : kPrefixes) {
    if (name.size() > text.size() && alike(name.substr(0, text.size()), text)) {
      modifiers.*modifier = true;
      name.remove_prefix(text.size());
      return true;
    }
  }
  return false;
}

std::optional<Key> control_named(char character) {
  character = lower(character);
  if ((character >= 'a' && character <= 'z') || kControlled.find(character) != kControlled.npos)
    return Control{character};
  return std::nullopt;
}

std::optional<Key> alt_named(std::string_view character, bool shift) {
  const auto [c, bytes] = first_code_point(character);
  if (bytes != character.size() || !is_valid_utf8(character))
    return std::nullopt;
  if (c < 0x80)
    return Alt{static_cast<char32_t>(shift ? upper(character[0]) : lower(character[0]))};
  return shift ? std::nullopt : std::optional<Key>(Alt{c});
}

// What is left of a name without its modifiers is a character.
std::optional<Key> character_named(std::string_view character, const Modifiers& modifiers) {
  if (alike(character, kSpace))
    character = " ";
  if (modifiers == Modifiers{.control = true} && character.size() == 1)
    return control_named(character[0]);
  if (modifiers.alt && !modifiers.control && !character.empty())
    return alt_named(character, modifiers.shift);
  return std::nullopt;
}

}  // namespace

std::string name_of(const Key& key) {
  return std::visit([](const auto& k) { return name(k); }, key);
}

std::optional<Key> key_named(std::string_view name) {
  Modifiers modifiers;
  while (take_modifier(name, modifiers)) {
  }
  const auto* found = std::ranges::find_if(
      kNames, [&](const Name& candidate) { return alike(candidate.text, name); });
  if (found == kNames.end())
    return character_named(name, modifiers);
  if (modifiers == Modifiers{})
    return found->key;
  return Modified{found->key, modifiers};
}

std::vector<Key> keys_named(std::string_view names) {
  std::vector<Key> keys;
  while (!names.empty()) {
    const auto end = std::min(names.find(' '), names.size());
    const auto key = key_named(names.substr(0, end));
    assert(key);
    keys.push_back(*key);
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return keys;
}

}  // namespace chat::client
