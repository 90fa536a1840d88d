// The floor: a server that relays frames to everybody without looking at them.
#pragma once

#include "bench/protocols/dialect.hpp"
#include "libchat/frame.hpp"

namespace chat::bench {

// Frames are cut as edgechat's. The floor sends everybody one frame of type 255 upon accept, and
// from then on passes every frame of a client on to all of them, the sender included. So what is
// said is a whole `posted` frame, as large as edgechat's own would be.
class FloorDialect final : public Dialect {
 public:
  FloorDialect(std::string names, MessageEvents& messages, DialectEvents& others)
      : names_(std::move(names)), messages_(messages), others_(others) {}

  void greet(ClientIndex) override {}
  // There is one room, and everybody is in it.
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void part(ClientIndex) override {}
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  void handle(ClientIndex client, const Frame& frame, Instant at);

  std::string names_;
  MessageEvents& messages_;
  DialectEvents& others_;
  Bytes outgoing_;  // empty between calls; kept for its memory
};

}  // namespace chat::bench
