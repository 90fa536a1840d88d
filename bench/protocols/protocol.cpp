#include "bench/protocols/protocol.hpp"

#include "libchat/vocabulary.hpp"

namespace chat::bench {
namespace {

// A line of IRC has at most 512 bytes (RFC 2812, 2.3). What stands before the text in a message to
// a client, with names of any usual length, takes at most 160 of them.
constexpr std::size_t kMaxIrcText = 512 - 160;

// By Protocol.
constexpr std::array<ProtocolTraits, kProtocols.size()> kTraits{{
    {.name = "edgechat", .numbers = true, .max_text_bytes = kMaxTextBytes},
    {.name = "floor", .rooms = false, .max_text_bytes = kMaxTextBytes},
    {.name = "redis", .max_text_bytes = kMaxTextBytes},
    {.name = "nats", .max_text_bytes = kMaxTextBytes},
    {.name = "irc", .echoes = false, .max_text_bytes = kMaxIrcText},
    {.name = "mqtt", .max_text_bytes = kMaxTextBytes},
}};

}  // namespace

const ProtocolTraits& traits_of(Protocol protocol) {
  return kTraits[static_cast<std::size_t>(protocol)];
}

}  // namespace chat::bench
