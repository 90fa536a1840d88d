// How messages read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client/line.hpp"
#include "libchat/ids.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::client {

// "<Lisa> hello" or "* Lisa waves"
std::string said(MessageKind kind, std::string_view nickname, std::string_view text);

// The same as a line, which knows where the nickname stands.
Line said_line(LineKind line, WallTime when, MessageKind kind, std::string_view nickname,
               std::string_view text);

// "37 messages were missed."
std::string missed(std::uint64_t messages);

// "3 messages cannot be read."
std::string unreadable(std::uint64_t messages);

}  // namespace chat::client
