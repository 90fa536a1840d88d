// What the kernel holds for TCP sockets, of all processes together (proc(5), /proc/net/sockstat).
#pragma once

#include <cstdint>
#include <expected>
#include <istream>
#include <optional>

#include "net/failure.hpp"

namespace chat::bench {

// In bytes. Any thread.
std::expected<std::uint64_t, net::Failure> kernel_tcp_bytes();

// The pages that stand behind "mem" in the line of TCP.
std::optional<std::uint64_t> tcp_pages(std::istream& sockstat);

}  // namespace chat::bench
