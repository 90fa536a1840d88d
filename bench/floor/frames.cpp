#include "bench/floor/frames.hpp"

#include "libchat/frame.hpp"

namespace chat::floor {

std::optional<std::size_t> frame_at_front(ByteView bytes) {
  if (bytes.size() < kLengthBytes)
    return 0;
  const std::size_t length = std::size_t{bytes[0]} << 24 | std::size_t{bytes[1]} << 16 |
                             std::size_t{bytes[2]} << 8 | std::size_t{bytes[3]};
  if (length == 0 || length > kMaxFrameLength)
    return std::nullopt;
  return kLengthBytes + length <= bytes.size() ? kLengthBytes + length : 0;
}

std::optional<std::size_t> whole_frames(ByteView bytes) {
  std::size_t taken = 0;
  while (true) {
    const auto frame = frame_at_front(bytes.subspan(taken));
    if (!frame)
      return std::nullopt;
    if (*frame == 0)
      return taken;
    taken += *frame;
  }
}

}  // namespace chat::floor
