#pragma once

#include <fmt/format.h>

#include <string>

#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"

namespace chat::server {

// "0.17.3": reactor, slot, generation. No two connections of a server's life have the same.
inline std::string format_id(ReactorId reactor, ConnectionId connection) {
  return fmt::format("{}.{}.{}", reactor.value, connection.slot, connection.generation);
}

}  // namespace chat::server
