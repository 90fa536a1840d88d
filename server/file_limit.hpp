#pragma once

#include <cstddef>

namespace chat::server {

// Raises the process's limit of open files (RLIMIT_NOFILE) to the hard limit, and returns it.
// Throws std::system_error.
std::size_t raise_file_limit();

}  // namespace chat::server
