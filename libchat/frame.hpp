// Framing: u32 big-endian length, u8 type, body. The length counts type and body.
// PROTOCOL.md, "Framing".
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <utility>

#include "libchat/bytes.hpp"

namespace chat {

inline constexpr std::size_t kLengthBytes = 4;
inline constexpr std::size_t kFrameHeaderBytes = kLengthBytes + 1;
// The largest length that may be announced.
inline constexpr std::size_t kMaxFrameLength = 16 * 1024;
inline constexpr std::size_t kMaxFrameBytes = kLengthBytes + kMaxFrameLength;

struct Frame {
  std::uint8_t type;
  ByteView body;  // lives as long as the bytes it was taken from
};

enum class FrameError {
  empty,      // length 0: there is not even a type
  too_large,  // length above kMaxFrameLength
};

// Takes one frame off the front of `bytes`. Nothing when it is not complete yet; an error, and
// `bytes` untouched, when the length can never be right.
std::expected<std::optional<Frame>, FrameError> take_frame(ByteView& bytes);

// Cuts a stream that arrives in any pieces into frames. Keeps only what has arrived of an
// incomplete frame, so an announced length costs its sender's bytes, not our memory; holds no
// memory between frames. One thread at a time.
class FrameDecoder {
 public:
  // Hands each complete frame to `sink`, a callable bool(Frame); the frame is valid during the
  // call. When the sink returns false the rest is kept, and the next feed() (with more bytes or
  // none) goes on behind that frame. After an error the stream has lost its frame boundaries and
  // the decoder must not be fed again.
  template <class Sink>
  std::expected<void, FrameError> feed(ByteView bytes, Sink&& sink) {
    if (!kept_)
      return drain(bytes, sink);
    const std::unique_ptr<Bytes> joined = std::move(kept_);
    append(*joined, bytes);
    return drain(*joined, sink);
  }

  std::size_t kept_bytes() const { return kept_ ? kept_->size() : 0; }

 private:
  template <class Sink>
  std::expected<void, FrameError> drain(ByteView bytes, Sink& sink) {
    while (true) {
      const auto frame = take_frame(bytes);
      if (!frame)
        return std::unexpected(frame.error());
      if (!*frame || !sink(**frame))
        break;
    }
    if (!bytes.empty())
      kept_ = std::make_unique<Bytes>(bytes.begin(), bytes.end());
    return {};
  }

  std::unique_ptr<Bytes> kept_;  // null while nothing is kept
};

// Appends a frame to `out`: the header at construction, the length when it goes out of scope; what
// is appended to `out` in between is the body. One at a time for an `out`.
class FrameWriter {
 public:
  FrameWriter(Bytes& out, std::uint8_t type);
  ~FrameWriter();
  FrameWriter(const FrameWriter&) = delete;
  FrameWriter& operator=(const FrameWriter&) = delete;

 private:
  Bytes& out_;
  std::size_t start_;
};

}  // namespace chat
