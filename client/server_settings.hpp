// Servers that the user has named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/settings.hpp"

namespace chat::client {

// What is set of each: "address", "nick" and "rooms".
std::vector<std::string_view> server_fields();

// Whether a server can have this field.
bool is_server_field(std::string_view field);
// Whether that is a list of values; false for a field that servers do not have.
bool is_list_of_server(std::string_view field);

// A name, a field or a value that cannot be is refused, and changes nothing.
SettingOutcome set_server(Settings& settings, std::string_view server, std::string_view field,
                          const ConfigValue& value);
// The last field takes the server with it.
SettingOutcome unset_server(Settings& settings, std::string_view server, std::string_view field);

// Whether each has what it needs, which it may not while a file is being read. The sentence names
// the server.
SettingOutcome check_servers(const Settings& settings);

// As a file has it; empty when it is not set.
std::string server_value(const Settings& settings, std::string_view server, std::string_view field);

// The server that is meant on a command line: by its name, or else by HOST[:PORT].
NamedServer server_named(const Settings& settings, std::string_view name);

}  // namespace chat::client
