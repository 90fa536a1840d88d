// The only thing the floor looks at: the `u32` length in front of each frame. Senders' reads end
// anywhere, and what two of them send must not be mixed within a frame.
#pragma once

#include <cstddef>
#include <optional>

#include "libchat/bytes.hpp"

namespace chat::floor {

// Size of the frame at the front, its length field included; 0 while it is not complete. Nothing
// for a length that no frame has (libchat/frame.hpp).
std::optional<std::size_t> frame_at_front(ByteView bytes);

// How many bytes of whole frames are at the front.
std::optional<std::size_t> whole_frames(ByteView bytes);

}  // namespace chat::floor
