// The floor in its mode `relay`: a server that passes on what one of two says to both of them.
#pragma once

#include <string>

#include "bench/protocols/dialect.hpp"

namespace chat::bench {

// Clients 2n and 2n + 1 are pair n, which each of them names when it has connected; the relay
// answers with a frame of type 255 when both are there. What is whispered is a whole `posted`
// frame, as large as edgechat's own would be. One's own that comes back stands for the
// acknowledgement, and is not told as a whisper.
class PairRelayDialect final : public Dialect {
 public:
  PairRelayDialect(std::string names, MessageEvents& messages, DialectEvents& others)
      : names_(std::move(names)), messages_(messages), others_(others) {}

  void greet(ClientIndex client) override;
  void whisper(ClientIndex from, ClientIndex to, std::uint32_t number,
               std::string_view text) override;
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

  // There are neither rooms nor goodbyes.
  void enter(ClientIndex, const std::string&) override {}
  void say(ClientIndex, std::uint32_t, std::string_view) override {}
  void part(ClientIndex) override {}

 private:
  void handle(ClientIndex client, const Frame& frame, Instant at);

  std::string names_;
  MessageEvents& messages_;
  DialectEvents& others_;
  Bytes outgoing_;  // empty between calls; kept for its memory
};

}  // namespace chat::bench
