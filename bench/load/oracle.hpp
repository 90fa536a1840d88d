// Judges what arrived where a room numbers its messages: every client must get every message of the
// room once and in order.
//
// Order means three things: the room's sequence numbers come dense and ascending at each client; at
// every client the same message stands under a number; and the messages of each sender have
// ascending numbers in the order in which it sent them. Where a message was acknowledged to stand,
// there it must stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bench/load/client_index.hpp"
#include "bench/load/message_text.hpp"
#include "bench/load/room_share.hpp"
#include "bench/load/verdict.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

// The first number of a room's messages.
inline constexpr Sequence kFirst{1};

// One thread at a time.
class Oracle {
 public:
  // For a room without messages: the first one will have the number 1.
  // Senders need not be among those who listen. Precondition: text_bytes >= kMarkBytes.
  Oracle(std::uint32_t clients, std::uint32_t senders, std::size_t text_bytes);
  // The same for a room that is shared with other processes. Clients are its listeners then.
  Oracle(const RoomShare& room, std::size_t text_bytes);
  Oracle(Oracle&&) = default;
  Oracle& operator=(Oracle&&) = default;

  // The next message of this sender is on its way; gives its number. Precondition: the sender is
  // one of this process.
  std::uint32_t send(ClientIndex sender);

  void acknowledge(ClientIndex sender, std::uint32_t number, Sequence sequence);

  // The server told a client that it will not get these. They count as delivered when they are the
  // next ones that it should get.
  void miss(ClientIndex client, Sequence from, Sequence to);

  // A message came to a client. Gives the time from which its latency counts, unless it is not one
  // that was sent here.
  std::optional<Instant> deliver(ClientIndex client, Sequence sequence, std::string_view text) {
    const std::uint64_t place = sequence.value - kFirst.value;
    if (place >= messages_.size()) [[unlikely]]
      return deliver_odd(client, place, text);
    Message& message = messages_[place];
    if (!is_message(message, text)) [[unlikely]]
      return deliver_odd(client, place, text);
    everybody_has_it_ = count(client, place) && ++message.deliveries == next_.size();
    return message.sent;
  }

  // A client has forgotten all that it got, and is to get everything anew. What it had missed until
  // now is lost for good. everybody_has_it() says nothing from then on.
  void begin_anew(ClientIndex client);

  // Whether, with what deliver() was last given, everybody has that message.
  bool everybody_has_it() const { return everybody_has_it_; }

  // Up to where this client has read, in messages of the room, holes included.
  std::uint64_t seen(ClientIndex client) const { return next_[client]; }
  std::uint64_t sent() const { return room_.sent_in_all(); }
  std::uint64_t delivered() const { return delivered_; }
  // How many first deliveries and acknowledgements have not come yet. Duplicates, and what is
  // foreign, do not change it, so whoever waits for the rest sees by this whether any of it comes.
  std::uint64_t outstanding() const;
  bool complete() const { return outstanding() == 0; }

  Verdict judge() const;

 private:
  // What stands under one number. Learnt from the first client that gets it.
  struct Message {
    MarkBytes mark;
    Instant sent;
    ClientIndex sender = 0;
    std::uint32_t number = 0;
    std::uint32_t deliveries = 0;  // the regular ones
    bool known = false;
  };

  // What is unusual about a client; most have none.
  struct Oddities {
    std::set<std::uint64_t> missing;  // places that were passed over
    std::uint64_t foreign = 0;
  };

  // What is wrong about where the messages of each sender stand.
  struct Places {
    std::uint64_t out_of_order = 0;  // messages behind a later one of their sender
    std::uint64_t again = 0;         // deliveries of messages that stand in an earlier place, too
  };

  bool is_well_formed(std::string_view text) const {
    return text.size() >= kMarkBytes && text.substr(kMarkBytes) == padding_;
  }

  bool is_message(Message& message, std::string_view text) {
    if (!is_well_formed(text))
      return false;
    return message.known ? text.starts_with({message.mark.data(), kMarkBytes})
                         : learn(message, text);
  }

  // Counts a delivery of what was sent here. False when the client has it already.
  bool count(ClientIndex client, std::uint64_t place) {
    ++delivered_;
    const bool first = fill(client, place);
    if (!first) [[unlikely]]
      ++duplicated_;
    return first;
  }

  // The client gets something for this place. False when it has something there already.
  bool fill(ClientIndex client, std::uint64_t place) {
    if (next_[client] != place) [[unlikely]]
      return fill_oddly(client, place);
    ++next_[client];
    return true;
  }

  bool learn(Message& message, std::string_view text);
  // Makes places for what other processes have sent meanwhile.
  void make_places();
  std::optional<Instant> deliver_odd(ClientIndex client, std::uint64_t place,
                                     std::string_view text);
  bool fill_oddly(ClientIndex client, std::uint64_t place);

  std::uint64_t received_by(ClientIndex client) const;
  Places compare_places() const;
  std::uint64_t wrongly_acknowledged() const;

  std::vector<SentCount> own_counts_;  // when the room is not shared
  RoomShare room_;
  std::string padding_;  // of every text
  // As many as are known to be sent; by place, that is by sequence number from kFirst. A deque,
  // since moving all of a growing vector would show in the latencies.
  std::deque<Message> messages_;
  std::vector<std::uint64_t> next_;  // by client: the place it must get next
  std::unordered_map<ClientIndex, Oddities> oddities_;
  // By sender, of this process, and number: the place that was acknowledged.
  std::vector<std::vector<std::optional<std::uint64_t>>> acknowledged_;
  bool everybody_has_it_ = false;
  std::uint64_t sent_here_ = 0;
  std::uint64_t acknowledgements_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t lost_before_ = 0;  // by clients who began anew
  std::uint64_t duplicated_ = 0;
  std::uint64_t late_ = 0;
  std::uint64_t misplaced_ = 0;
  std::uint64_t foreign_ = 0;
};

}  // namespace chat::bench
