// What texts a setting may have.
#pragma once

#include <string_view>

#include "client/settings.hpp"

namespace chat::client {

// Every text will do.
SettingOutcome check_anything(std::string_view text);
// A nickname as the server takes it, or none: an empty text.
SettingOutcome check_nickname(std::string_view text);
// The name of a room as the server takes it; whether there is such a room is not asked.
SettingOutcome check_room(std::string_view text);
// HOST[:PORT]; whether it leads anywhere is not asked.
SettingOutcome check_address(std::string_view text);

}  // namespace chat::client
