// Judges what two clients whisper to each other: each of them must get every message of the other
// one once and in order, and nothing else.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/clock.hpp"
#include "bench/load/message_text.hpp"
#include "bench/load/verdict.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

// A pair numbers the messages of both together. What one says oneself does not come: it is
// acknowledged, with the number under which the other one must get it. One thread at a time.
class PairOracle {
 public:
  // Which of the two.
  enum class Side : std::uint8_t { first, second };
  static Side other(Side side) { return side == Side::first ? Side::second : Side::first; }

  // `senders` is what the two are called in the marks of their messages.
  // Precondition: text_bytes >= kMarkBytes.
  PairOracle(std::array<std::uint32_t, 2> senders, std::size_t text_bytes);

  // The next message of this one is on its way; gives its number.
  std::uint32_t send(Side sender);
  void acknowledge(Side sender, std::uint32_t number, Sequence sequence);
  // A message came to this one. Gives the time from which its latency counts, unless nobody sent
  // it.
  std::optional<Instant> deliver(Side receiver, Sequence sequence, std::string_view text);

  // This one's message stands at this number, as it has read itself.
  void recall(Side sender, Sequence sequence, std::string_view text);
  // This one has forgotten all that it got, and is to get everything anew, under the same numbers.
  // What it had missed until now is lost for good.
  void begin_anew(Side receiver);

  // How many first deliveries and acknowledgements have not come yet.
  std::uint64_t outstanding() const { return outstanding_; }
  Verdict judge() const;

 private:
  struct Message {
    std::optional<Sequence> acknowledged;
    std::optional<Sequence> received;
    std::optional<Sequence> recalled;  // by its sender
    bool is_forgotten = false;         // and is to be received there once more
  };
  // What one of them sent.
  struct Direction {
    std::uint32_t sender = 0;
    std::vector<Message> messages{};  // by number
    std::uint32_t next = 0;           // the number of the one to be received next
    Sequence last{};                  // where the last one stood that was received
  };

  Direction& from(Side sender) { return directions_[static_cast<std::size_t>(sender)]; }
  // The message of this direction that a text is; null when nobody has sent it.
  std::optional<MessageMark> find(const Direction& direction, std::string_view text) const;
  void receive(Direction& direction, std::uint32_t number, Sequence sequence);
  std::uint64_t wrongly_numbered() const;

  std::array<Direction, 2> directions_;
  std::string padding_;  // of every text
  std::uint64_t outstanding_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t lost_before_ = 0;  // by one who began anew
  std::uint64_t duplicated_ = 0;
  std::uint64_t misordered_ = 0;
  std::uint64_t foreign_ = 0;
};

}  // namespace chat::bench
