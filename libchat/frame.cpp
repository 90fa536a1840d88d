#include "libchat/frame.hpp"

#include <cassert>

namespace chat {
namespace {

std::uint32_t read_length(ByteView bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

}  // namespace

std::expected<std::optional<Frame>, FrameError> take_frame(ByteView& bytes) {
  if (bytes.size() < kLengthBytes)
    return std::nullopt;
  const std::size_t length = read_length(bytes);
  if (length == 0)
    return std::unexpected(FrameError::empty);
  if (length > kMaxFrameLength)
    return std::unexpected(FrameError::too_large);
  if (bytes.size() < kLengthBytes + length)
    return std::nullopt;
  const Frame frame{bytes[kLengthBytes], bytes.subspan(kFrameHeaderBytes, length - 1)};
  bytes = bytes.subspan(kLengthBytes + length);
  return frame;
}

FrameWriter::FrameWriter(Bytes& out, std::uint8_t type) : out_(out), start_(out.size()) {
  out_.insert(out_.end(), {0, 0, 0, 0, type});
}

FrameWriter::~FrameWriter() {
  const std::size_t length = out_.size() - start_ - kLengthBytes;
  assert(length <= kMaxFrameLength);
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    out_[start_ + i] = static_cast<std::uint8_t>(length >> (8 * (kLengthBytes - 1 - i)));
}

}  // namespace chat
