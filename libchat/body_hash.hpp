#pragma once

#include <cstdint>
#include <string_view>

#include "libchat/ids.hpp"
#include "libchat/vocabulary.hpp"

namespace chat {

// What a message says, and where, in a number that is the same in every process and build: stored
// beside the message's id, it tells a repeat from another message. SipHash-2-4 (Aumasson and
// Bernstein, 2012). `room` 0 for a whisper, whose name may have come to mean another room since.
std::uint64_t body_hash(RoomId room, MessageKind kind, std::string_view text);

}  // namespace chat
