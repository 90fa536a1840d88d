// The number of files, sockets among them, that this process may have open (getrlimit(2)).
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace chat::bench {

// Raises the soft limit to the hard one. The error is a sentence that names the limit, when that
// is still too little for this many sockets and what a program has open beside.
std::expected<void, std::string> allow_sockets(std::uint64_t sockets);

}  // namespace chat::bench
