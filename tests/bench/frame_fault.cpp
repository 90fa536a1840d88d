#include "tests/bench/frame_fault.hpp"

#include <utility>

#include "libchat/vocabulary.hpp"

namespace chat::test {
namespace {

void append_frame(Bytes& out, const Frame& frame) {
  const FrameWriter writer(out, frame.type);
  append(out, frame.body);
}

}  // namespace

Bytes FrameFault::pass(ByteView bytes) {
  Bytes out;
  const auto fed = decoder_.feed(bytes, [&](const Frame& frame) {
    pass_frame(frame, out);
    return true;
  });
  if (!fed)
    append(out, bytes);
  return out;
}

void FrameFault::pass_frame(const Frame& frame, Bytes& out) {
  const bool posted = frame.type == static_cast<std::uint8_t>(MessageType::posted);
  const bool faulty = posted && ++posted_ == which_;
  if (faulty && (fault_ == Fault::drop || fault_ == Fault::drop_and_repeat))
    return;
  if (faulty && fault_ == Fault::swap)
    return append_frame(held_back_, frame);
  if (posted && fault_ == Fault::drop_and_repeat) {
    repeated_.clear();
    append_frame(repeated_, frame);
  }
  append_frame(out, frame);
  if (faulty && fault_ == Fault::twice)
    append_frame(out, frame);
  if (posted)
    append(out, std::exchange(held_back_, {}));
}

}  // namespace chat::test
