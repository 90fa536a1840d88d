#pragma once

#include <cstddef>
#include <expected>

#include "net/failure.hpp"

namespace chat::net {

// Raises the number of files, sockets among them, that this process may have open (RLIMIT_NOFILE,
// getrlimit(2)) to the hard limit, and returns it.
std::expected<std::size_t, Failure> raise_file_limit();

}  // namespace chat::net
