// Which keys are worth knowing.
#pragma once

#include <string>
#include <string_view>

#include "client/bindings.hpp"

namespace chat::client {

// The key for an action of this name, as /keys calls it; empty when no key does that. Precondition:
// there is such an action.
std::string key_for(std::string_view action, const Bindings& bindings);

// What /help says of keys: those that most users need.
std::string keys_in_help(const Bindings& bindings);

}  // namespace chat::client
