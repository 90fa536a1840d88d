// What fake clients can speak.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace chat::bench {

enum class Protocol : std::uint8_t { edgechat, floor, redis, nats, irc, mqtt };

inline constexpr std::array kProtocols{Protocol::edgechat, Protocol::floor, Protocol::redis,
                                       Protocol::nats,     Protocol::irc,   Protocol::mqtt};

struct ProtocolTraits {
  std::string_view name;       // on the command line
  bool numbers = false;        // messages of a room have numbers, and are acknowledged with them
  bool echoes = true;          // senders get their own messages, too
  bool rooms = true;           // there can be more than one room
  std::size_t max_text_bytes;  // of a message
};

const ProtocolTraits& traits_of(Protocol protocol);

}  // namespace chat::bench
