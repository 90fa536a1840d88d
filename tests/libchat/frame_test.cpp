#include "libchat/frame.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/libchat/random.hpp"

namespace chat {
namespace {

struct Taken {
  std::uint8_t type;
  Bytes body;
  bool operator==(const Taken&) const = default;
};

Bytes frame_of(std::uint8_t type, std::size_t body_bytes) {
  Bytes out;
  const FrameWriter writer(out, type);
  for (std::size_t i = 0; i < body_bytes; ++i)
    out.push_back(static_cast<std::uint8_t>(i * 7 + type));
  return out;
}

// Frames of many sizes, the smallest and the largest among them.
Bytes many_frames() {
  Bytes stream;
  for (const std::size_t body : {0, 1, 2, 3, 4, 5, 100, 16383, 0, 255, 256, 1000})
    append(stream, frame_of(static_cast<std::uint8_t>(body % 251), body));
  return stream;
}

struct Collector {
  std::vector<Taken> taken;
  bool operator()(const Frame& frame) {
    taken.push_back({frame.type, Bytes(frame.body.begin(), frame.body.end())});
    return true;
  }
};

std::vector<Taken> taken_at_once(ByteView stream) {
  FrameDecoder decoder;
  Collector collector;
  REQUIRE(decoder.feed(stream, collector));
  REQUIRE(decoder.kept_bytes() == 0);
  return collector.taken;
}

ByteView no_bytes() {
  return {};
}

TEST_CASE("a frame is a length, a type and a body") {
  CHECK(frame_of(0x42, 3) == Bytes{0, 0, 0, 4, 0x42, 0x42, 0x49, 0x50});
  CHECK(frame_of(0x42, 0) == Bytes{0, 0, 0, 1, 0x42});
}

TEST_CASE("many frames in one piece are taken in order") {
  const auto frames = taken_at_once(many_frames());
  REQUIRE(frames.size() == 12);
  CHECK(frames[0].body.empty());
  CHECK(frames[7].body.size() == 16383);
  CHECK(frames[11].body.size() == 1000);
}

TEST_CASE("frames fed one byte at a time are the same frames") {
  const Bytes stream = many_frames();
  FrameDecoder decoder;
  Collector collector;
  for (const std::uint8_t& byte : stream)
    REQUIRE(decoder.feed({&byte, 1}, collector));
  CHECK(collector.taken == taken_at_once(stream));
  CHECK(decoder.kept_bytes() == 0);
}

TEST_CASE("frames fed in random pieces are the same frames") {
  const Bytes stream = many_frames();
  const auto expected = taken_at_once(stream);
  for (unsigned seed = 0; seed < 50; ++seed) {
    test::Random random(seed);
    FrameDecoder decoder;
    Collector collector;
    for (ByteView rest = stream; !rest.empty();) {
      const std::size_t piece = std::min(rest.size(), random.below(random.one_in(3) ? 6000 : 9));
      REQUIRE(decoder.feed(rest.first(piece), collector));
      rest = rest.subspan(piece);
    }
    CHECK(collector.taken == expected);
  }
}

TEST_CASE("a length of 0 is an error as soon as the length is there") {
  FrameDecoder decoder;
  Collector collector;
  REQUIRE(decoder.feed(Bytes{0, 0, 0}, collector));
  const auto fed = decoder.feed(Bytes{0}, collector);
  REQUIRE(!fed);
  CHECK(fed.error() == FrameError::empty);
  CHECK(collector.taken.empty());
}

TEST_CASE("a length above the limit is an error before any of its bytes are there") {
  for (const Bytes& header : {Bytes{0xFF, 0xFF, 0xFF, 0xFF}, Bytes{0, 0, 0x40, 0x01}}) {
    FrameDecoder decoder;
    Collector collector;
    const auto fed = decoder.feed(header, collector);
    REQUIRE(!fed);
    CHECK(fed.error() == FrameError::too_large);
  }
}

TEST_CASE("a frame of just the largest length is taken") {
  const Bytes largest = frame_of(1, kMaxFrameLength - 1);
  CHECK(Bytes(largest.begin(), largest.begin() + 4) == Bytes{0, 0, 0x40, 0});
  CHECK(largest.size() == kMaxFrameBytes);
  CHECK(taken_at_once(largest).size() == 1);
}

TEST_CASE("frames before a bad length are taken") {
  Bytes stream = frame_of(7, 2);
  append(stream, Bytes{0, 0, 0, 0});
  FrameDecoder decoder;
  Collector collector;
  CHECK(!decoder.feed(stream, collector));
  REQUIRE(collector.taken.size() == 1);
  CHECK(collector.taken[0].type == 7);
}

TEST_CASE("an announced length costs the bytes that have come, not those announced") {
  FrameDecoder decoder;
  Collector collector;
  REQUIRE(decoder.feed(Bytes{0, 0, 0x40, 0, 9, 1, 2}, collector));
  CHECK(decoder.kept_bytes() == 7);
}

TEST_CASE("a sink that stops gets the rest later, without more bytes") {
  const Bytes stream = many_frames();
  std::vector<Taken> taken;
  FrameDecoder decoder;
  const auto one = [&](const Frame& frame) {
    taken.push_back({frame.type, Bytes(frame.body.begin(), frame.body.end())});
    return false;
  };
  REQUIRE(decoder.feed(stream, one));
  CHECK(taken.size() == 1);
  CHECK(decoder.kept_bytes() == stream.size() - 5);
  while (decoder.kept_bytes() > 0)
    REQUIRE(decoder.feed(no_bytes(), one));
  CHECK(taken == taken_at_once(stream));
}

TEST_CASE("a sink that stops in the middle goes on behind that frame when more bytes come") {
  Bytes first = frame_of(1, 10);
  append(first, frame_of(2, 20));
  const Bytes third = frame_of(3, 30);
  append(first, ByteView(third).first(8));
  Collector collector;
  FrameDecoder decoder;
  REQUIRE(decoder.feed(first, [&](const Frame& frame) { return collector(frame) && false; }));
  REQUIRE(decoder.feed(ByteView(third).subspan(8), collector));
  REQUIRE(collector.taken.size() == 3);
  CHECK(collector.taken[2] == taken_at_once(third)[0]);
}

TEST_CASE("a bad length behind a stop is found when the sink goes on") {
  Bytes stream = frame_of(1, 1);
  append(stream, Bytes{0, 0, 0, 0});
  FrameDecoder decoder;
  REQUIRE(decoder.feed(stream, [](const Frame&) { return false; }));
  CHECK(!decoder.feed(no_bytes(), [](const Frame&) { return true; }));
}

}  // namespace
}  // namespace chat
