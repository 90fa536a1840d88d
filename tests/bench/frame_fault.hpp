// A stream of frames to a client, with one fault put into it.
#pragma once

#include <cstdint>

#include "libchat/bytes.hpp"
#include "libchat/frame.hpp"

namespace chat::test {

enum class Fault { none, drop, twice, swap, drop_and_repeat };

// Does the fault to one `posted` frame of those that pass through. One thread at a time.
class FrameFault {
 public:
  // `which` counts from 1.
  FrameFault(Fault fault, std::uint32_t which) : fault_(fault), which_(which) {}

  // Gives what should go on to the client for these bytes of the server.
  Bytes pass(ByteView bytes);
  // Gives what should go to the client while the server is silent: for drop_and_repeat, the last
  // message once more.
  ByteView pass_silence() const { return repeated_; }

 private:
  void pass_frame(const Frame& frame, Bytes& out);

  Fault fault_;
  std::uint32_t which_;
  FrameDecoder decoder_;
  std::uint32_t posted_ = 0;  // until now
  Bytes repeated_;
  Bytes held_back_;  // the frame that is to come after its successor
};

}  // namespace chat::test
