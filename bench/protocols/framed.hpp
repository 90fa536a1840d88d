// What protocols share that are framed as edgechat's is.
#pragma once

#include <string>

#include "bench/protocols/dialect.hpp"
#include "libchat/frame.hpp"

namespace chat::bench {

// Hands the complete frames at the front of what came in to `handle`; gives how many bytes that
// was. When frame boundaries are lost, it is trouble with `server`, and all bytes are given up.
template <class Handle>
std::size_t take_frames(ByteView bytes, DialectEvents& events, const char* server, Handle handle) {
  ByteView rest = bytes;
  while (true) {
    const auto frame = take_frame(rest);
    if (!frame) {
      events.trouble(std::string(server) + " sent a frame of an impossible length");
      return bytes.size();
    }
    if (!*frame)
      return bytes.size() - rest.size();
    handle(**frame);
  }
}

}  // namespace chat::bench
