// Keys that the user has bound.
#pragma once

#include <string>
#include <string_view>

#include "client/bindings.hpp"
#include "client/settings.hpp"

namespace chat::client {

// The key's name as name_of() spells it; empty for what is no key.
std::string spelt_key(std::string_view name);

// The sentence that there is none of this name.
std::string no_such_key(std::string_view name);

// What does not exist is refused, and changes nothing.
SettingOutcome bind_key(Settings& settings, std::string_view key, std::string_view action);
// The key does again what it does by default.
SettingOutcome unbind_key(Settings& settings, std::string_view key);

// All keys, with what they do.
Bindings bindings_of(const Settings& settings);

}  // namespace chat::client
