// Judges whispers in ping-pong: in each pair of clients one whispers, the other one answers when it
// has it, and so on. Pair p are the clients 2p and 2p + 1; its whisper n comes from the first of
// them when n is even, must come to the other one once, as message n of their room, and be
// acknowledged as that. A server that sends whispers back to their senders must do so with each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/client_index.hpp"
#include "bench/load/message_text.hpp"
#include "bench/load/oracle.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

// One thread at a time.
class PingPong {
 public:
  // Precondition: text_bytes >= kMarkBytes.
  PingPong(std::uint32_t pairs, std::size_t text_bytes);

  static ClientIndex partner_of(ClientIndex client) { return client ^ 1; }

  // This client's next whisper is on its way: its mark. Precondition: it is its turn.
  MessageMark send(ClientIndex client, Instant now);

  struct Arrival {
    Duration latency;                    // of this whisper
    std::optional<Duration> round_trip;  // since the one that it answers was sent
  };
  // A whisper came to a client. Nothing when it is its own, or not the one that was expected.
  std::optional<Arrival> deliver(ClientIndex client, Sequence sequence, std::string_view text,
                                 Instant at);
  void acknowledge(ClientIndex client, std::uint32_t number, Sequence sequence);

  std::uint64_t sent() const { return sent_; }
  // Deliveries, acknowledgements and, from a server that sends them, echoes that have not come yet.
  std::uint64_t outstanding() const;

  // Echoes count as deliveries when there are any.
  Verdict judge() const;

 private:
  // What is expected next in each pair and of each member, by number. The numbers of a member's own
  // whispers go by twos.
  struct Pair {
    std::uint32_t sent = 0;
    std::uint32_t received = 0;
    std::array<std::uint32_t, 2> echoed{0, 1};
    std::array<std::uint32_t, 2> acknowledged{0, 1};
    std::array<Instant, 2> last_sent{};
  };

  static unsigned member(ClientIndex client) { return client & 1; }
  static Sequence sequence_of(std::uint32_t number) { return kFirst + number; }

  std::optional<MessageMark> recognise(ClientIndex client, std::string_view text) const;
  // An echo. False when it came before.
  bool advance(std::uint32_t& next, std::uint32_t number);

  std::string padding_;
  std::vector<Pair> pairs_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t echoed_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t duplicated_ = 0;
  std::uint64_t misordered_ = 0;
  std::uint64_t foreign_ = 0;
};

}  // namespace chat::bench
