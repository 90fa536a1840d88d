// Names of all kinds as parts of a path.
#pragma once

#include <string>
#include <string_view>

namespace chat::client {

// Different for different names, without '/', not hidden, and no longer than file systems allow.
std::string as_file_name(std::string_view name);

}  // namespace chat::client
