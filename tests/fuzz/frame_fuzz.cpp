// A stream of bytes in pieces of any size, with pauses after any frame, gives the frames that it
// gives in one piece.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "libchat/frame.hpp"
#include "tests/fuzz/expect.hpp"
#include "tests/fuzz/input.hpp"

namespace chat::fuzz {
namespace {

struct Cut {
  std::vector<std::pair<std::uint8_t, Bytes>> frames;
  bool is_broken = false;
  bool operator==(const Cut&) const = default;
};

// How the bytes come in.
struct Course {
  std::size_t longest_piece;
  std::size_t frames_at_once;  // then the sink takes a pause
};

// Feeds one piece. True when there is more to be had of what is kept.
bool feed(FrameDecoder& decoder, ByteView piece, std::size_t most, Cut& cut) {
  const std::size_t held = decoder.kept_bytes() + piece.size();
  std::size_t taken = 0;
  const auto fed = decoder.feed(piece, [&](const Frame& frame) {
    cut.frames.emplace_back(frame.type, Bytes(frame.body.begin(), frame.body.end()));
    return ++taken < most;
  });
  cut.is_broken = !fed;
  expect(decoder.kept_bytes() <= held, "more is kept than came in");
  expect(taken == most || decoder.kept_bytes() < kMaxFrameBytes, "more is kept than a frame");
  return taken == most && !cut.is_broken;
}

Cut cut_in_pieces(ByteView bytes, Course course) {
  Cut cut;
  FrameDecoder decoder;
  std::size_t random = course.longest_piece;
  while (!bytes.empty() && !cut.is_broken) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    const std::size_t size = std::min(bytes.size(), 1 + (random >> 33) % course.longest_piece);
    bool has_more = feed(decoder, bytes.first(size), course.frames_at_once, cut);
    while (has_more)
      has_more = feed(decoder, {}, course.frames_at_once, cut);
    bytes = bytes.subspan(size);
  }
  return cut;
}

void play(Input input) {
  const Course course{1 + input.below(64), 1 + input.below(4)};
  const ByteView bytes = input.take_all();
  const Cut whole =
      cut_in_pieces(bytes, {std::max<std::size_t>(bytes.size(), 1), bytes.size() + 1});
  expect(cut_in_pieces(bytes, course) == whole, "pieces give other frames");
}

}  // namespace
}  // namespace chat::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chat::fuzz::play(chat::fuzz::Input({data, size}));
  return 0;
}
