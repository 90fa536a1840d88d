#include "bench/protocols/protocol.hpp"

#include <array>

#include "libchat/vocabulary.hpp"

namespace chat::bench {
namespace {

// By Protocol.
constexpr std::array<ProtocolTraits, 2> kTraits{{
    {.name = "edgechat", .numbers = true, .max_text_bytes = kMaxTextBytes},
    {.name = "floor", .rooms = false, .max_text_bytes = kMaxTextBytes},
}};

}  // namespace

const ProtocolTraits& traits_of(Protocol protocol) {
  return kTraits[static_cast<std::size_t>(protocol)];
}

}  // namespace chat::bench
