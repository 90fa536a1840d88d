// Keys in words, as people write them into a configuration.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/key.hpp"

namespace chat::client {

// "Enter", "PageUp", "F5", "Ctrl-A", "Ctrl-Space", "Alt-1", "Alt-Shift-B", "Ctrl-Alt-Left". Empty
// for Typed, Pasted and Mouse, which are no keys that anything could be bound to.
std::string name_of(const Key& key);

// The key with such a name, upper or lower case alike, the modifiers in any order; nothing when
// there is none.
std::optional<Key> key_named(std::string_view name);

// The keys of a list of names between blanks. Precondition: all are names of keys.
std::vector<Key> keys_named(std::string_view names);

}  // namespace chat::client
