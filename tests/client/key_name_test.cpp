#include "client/key_name.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace chat::client;

TEST_CASE("a key has a name, and the name means the key") {
  struct Named {
    Key key;
    std::string name;
  };
  const Named kNamed[] = {
      {NamedKey::enter, "Enter"},
      {NamedKey::page_up, "PageUp"},
      {NamedKey::f12, "F12"},
      {Modified{NamedKey::enter, {.alt = true}}, "Alt-Enter"},
      {Modified{NamedKey::tab, {.shift = true}}, "Shift-Tab"},
      {Modified{NamedKey::left, {.shift = true, .alt = true, .control = true}},
       "Ctrl-Alt-Shift-Left"},
      {Control{'a'}, "Ctrl-A"},
      {Control{'_'}, "Ctrl-_"},
      {Control{' '}, "Ctrl-Space"},
      {Alt{U'1'}, "Alt-1"},
      {Alt{U'b'}, "Alt-B"},
      {Alt{U'B'}, "Alt-Shift-B"},
      {Alt{U'-'}, "Alt--"},
      {Alt{U' '}, "Alt-Space"},
  };
  for (const auto& [key, name] : kNamed) {
    CAPTURE(name);
    CHECK(name_of(key) == name);
    CHECK(key_named(name) == key);
  }
}

TEST_CASE("names of keys are read however they are written") {
  CHECK(key_named("ctrl-a") == Key(Control{'a'}));
  CHECK(key_named("pageup") == Key(NamedKey::page_up));
  CHECK(key_named("SHIFT-CTRL-left") ==
        Key(Modified{NamedKey::left, {.shift = true, .control = true}}));
  CHECK(key_named("alt-\u00F6") == Key(Alt{U'\u00F6'}));
}

TEST_CASE("what is no key has no meaning") {
  for (const auto* name : {"", "a", "Ctrl-", "Alt-", "Ctrl-1", "Ctrl-\u00F6", "Shift-a",
                           "Ctrl-Alt-a", "Hyper-a", "F13", "Enter ", "Alt-ab", "Alt-\xFF"}) {
    CAPTURE(name);
    CHECK(key_named(name) == std::nullopt);
  }
  CHECK(name_of(Typed{"x"}).empty());
}
