// What clients say to each other in several rooms and in pairs, and what is judged of it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/dice.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/pair_oracle.hpp"
#include "bench/protocols/returning.hpp"

namespace chat::bench {

// Each client is in two rooms, as far as there are two: those of its own number and of the next, by
// turns. The first clients talk; of these, neighbours are in a pair. One thread.
class Conversations {
 public:
  // Precondition: 0 < rooms <= clients, senders <= clients.
  Conversations(std::uint32_t clients, std::uint32_t senders, std::uint32_t rooms,
                std::size_t text_bytes);

  // Rooms are called by what they all begin with, and a number.
  Places places_of(ClientIndex client, const std::string& names) const;

  struct Line {
    Place place;
    std::uint32_t number;
    std::string text;
  };
  // What a sender says next, which is due since `due`: somewhere by chance; or in its pair.
  // Precondition of the second one: it has a partner.
  Line compose(ClientIndex sender, Dice& dice, Instant due);
  Line compose_whisper(ClientIndex sender, Instant due);
  bool has_partner(ClientIndex client) const { return client / 2 < pairs_.size(); }

  void acknowledge(ClientIndex sender, Place place, std::uint32_t number, Sequence sequence);
  // A message came to a client. Gives the time from which its latency counts, unless it is not one
  // that was sent here.
  std::optional<Instant> deliver(ClientIndex client, Place place, Sequence sequence,
                                 std::string_view text);
  // One's own whisper stands at this number.
  void recall(ClientIndex client, Sequence sequence, std::string_view text);
  // A client has forgotten all that it got.
  void begin_anew(ClientIndex client);

  // How many first deliveries and acknowledgements have not come yet.
  std::uint64_t outstanding() const;
  Verdict judge() const;
  // Whispers among what was sent.
  std::uint64_t whispers() const;

 private:
  struct Room {
    Room(std::uint32_t number, std::uint32_t clients, std::uint32_t senders, std::uint32_t rooms,
         std::size_t text_bytes);
    std::uint32_t first_sender;   // as texts call it
    std::vector<SentCount> sent;  // by sender of the room
    Oracle oracle;
  };
  // Of a client, in one of its rooms.
  struct Seat {
    std::uint32_t room;
    ClientIndex member;  // which one of the room
  };

  PairOracle& pair_of(ClientIndex client) { return pairs_[client / 2]; }

  std::size_t text_bytes_;
  std::deque<Room> rooms_;  // which stay where they are
  std::vector<PairOracle> pairs_;
  std::vector<std::vector<Seat>> seats_;  // by client and place
};

}  // namespace chat::bench
