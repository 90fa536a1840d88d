#pragma once

#include <filesystem>
#include <optional>

namespace chat::server {

// Where the server keeps its store unless told otherwise: $STATE_DIRECTORY, which systemd sets
// (systemd.exec(5)), or edgechat-server in $XDG_STATE_HOME, or in ~/.local/state (XDG Base
// Directory Specification). Nothing when none of these is known.
std::optional<std::filesystem::path> default_data_folder();

}  // namespace chat::server
