// What is understood of a frame, by either side, is the same when it is written again and read.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>

#include "libchat/protocol.hpp"
#include "tests/fuzz/expect.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/libchat/render.hpp"

namespace chat::fuzz {
namespace {

// At least what the fields that later versions have appended to a message take when they are empty.
constexpr std::size_t kMostAppended = 64;

template <class Message>
Bytes written(const Message& message) {
  return std::visit([](const auto& m) { return protocol::encode(m); }, message);
}

// Fields of later versions, and those of this one that were left out, are at the end.
void check_bytes(ByteView read, ByteView written) {
  const auto [r, w] = std::ranges::mismatch(read, written);
  expect(r == read.end() || w == written.end(), "a message is written with other bytes");
  expect(std::all_of(w, written.end(), [](std::uint8_t byte) { return byte == 0; }),
         "a field that was left out is not empty");
}

template <class Decode>
void check(const Frame& frame, Decode decode) {
  const auto message = decode(frame);
  if (!message)
    return;
  const Bytes bytes = written(*message);
  ByteView rest = bytes;
  const auto again = take_frame(rest);
  expect(again && *again && rest.empty() && (*again)->type == frame.type,
         "a message is not written as one frame of its type");
  check_bytes(frame.body, (*again)->body);
  const auto message_again = decode(**again);
  expect(message_again.has_value(), "what was written is not understood");
  expect(test::render(*message_again) == test::render(*message),
         "what was written is understood otherwise");
  expect(written(*message_again) == bytes, "what was understood is written otherwise");
}

// A type and a body.
void play(Input input) {
  const std::uint8_t type = input.byte();
  const Frame frame{type, input.take(kMaxFrameLength - 1 - kMostAppended)};
  check(frame, protocol::decode_client_message);
  check(frame, protocol::decode_server_message);
  protocol::author_of(frame);
  protocol::request_of(frame);
}

}  // namespace
}  // namespace chat::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chat::fuzz::play(chat::fuzz::Input({data, size}));
  return 0;
}
