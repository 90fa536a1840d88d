// What texts a setting may have.
#pragma once

#include <string_view>

#include "client/settings.hpp"

namespace chat::client {

SettingOutcome check_anything(std::string_view text);
SettingOutcome check_nickname(std::string_view text);  // or none
SettingOutcome check_room(std::string_view text);
SettingOutcome check_address(std::string_view text);  // HOST[:PORT]

}  // namespace chat::client
