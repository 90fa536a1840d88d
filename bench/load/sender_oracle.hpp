// Judges what arrived where a protocol has neither numbers nor acknowledgements: every client must
// get every message of each sender once, and in the order in which that sender sent them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench/load/client_index.hpp"
#include "bench/load/message_text.hpp"
#include "bench/load/room_share.hpp"
#include "bench/load/verdict.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

// Does for a room what Oracle does, and as cheaply: of a text only its sender's number is read, and
// the rest compared with what that sender's next message is known to be. Takes 4 bytes for each
// client and sender. One thread at a time.
class SenderOracle {
 public:
  // `echoes` says whether senders must get their own messages, too; if not, they must not.
  // Precondition: text_bytes >= kMarkBytes.
  SenderOracle(const RoomShare& room, std::size_t text_bytes, bool echoes);
  SenderOracle(SenderOracle&&) = default;
  SenderOracle& operator=(SenderOracle&&) = default;

  // As in Oracle. Nothing is acknowledged, and the sequence says nothing.
  std::uint32_t send(ClientIndex sender);
  void acknowledge(ClientIndex, std::uint32_t, Sequence) {}
  std::optional<Instant> deliver(ClientIndex listener, Sequence, std::string_view text) {
    const std::uint32_t sender = sender_in(text) - room_.first_sender;
    if (sender >= messages_.size()) [[unlikely]]
      return deliver_foreign();
    std::uint32_t& next = next_of(listener, sender);
    auto& messages = messages_[sender];
    if (next >= messages.size()) [[unlikely]]
      return deliver_odd(listener, text);
    Message& message = messages[next];
    if (!is_message(message, text)) [[unlikely]]
      return deliver_odd(listener, text);
    ++next;
    ++seen_[listener];
    ++delivered_;
    everybody_has_it_ = ++message.deliveries == must_get(sender);
    return message.sent;
  }
  bool everybody_has_it() const { return everybody_has_it_; }

  // How many messages this client has got or passed over; those that it sent itself are counted
  // when it does not get them.
  std::uint64_t seen(ClientIndex listener) const;
  std::uint64_t sent() const { return room_.sent_in_all(); }
  std::uint64_t delivered() const { return delivered_; }
  std::uint64_t outstanding() const { return expected() - (delivered_ - duplicated_); }

  Verdict judge() const;

 private:
  // Learnt from the first client that gets it.
  struct Message {
    MarkBytes mark;
    Instant sent;
    std::uint32_t deliveries = 0;  // the regular ones
    bool known = false;
  };

  // How many listeners must get what a sender sends.
  std::size_t must_get(std::uint32_t sender) const {
    return seen_.size() - (echoes_ || !room_.has_sender(sender) ? 0 : 1);
  }

  std::uint32_t& next_of(ClientIndex listener, std::uint32_t sender) {
    return next_[listener * messages_.size() + sender];
  }

  bool is_message(const Message& message, std::string_view text) const {
    return message.known && text.size() == text_bytes_ &&
           text.starts_with({message.mark.data(), kMarkBytes}) &&
           text.substr(kMarkBytes) == padding_;
  }

  std::optional<Instant> deliver_foreign();
  std::optional<Instant> deliver_odd(ClientIndex listener, std::string_view text);
  // What stands under the mark of a text, learnt if it was not known; null when nobody sent it.
  Message* message_of(const MessageMark& mark, std::string_view text);
  // False when the client has it already, or must not have it.
  bool count(ClientIndex listener, std::uint32_t sender, std::uint32_t number);
  bool is_own(ClientIndex listener, std::uint32_t sender) const;
  std::uint64_t expected() const;
  std::uint64_t lost_by(ClientIndex listener) const;

  RoomShare room_;
  std::size_t text_bytes_;
  std::string padding_;  // of every text
  bool echoes_;
  std::vector<std::deque<Message>> messages_;  // by sender and number, as far as somebody got any
  std::vector<std::uint32_t> next_;            // by listener and sender: the number to come next
  std::vector<std::uint64_t> seen_;            // by listener
  // By listener, when there are any: the messages that were passed over, by sender and number.
  std::unordered_map<ClientIndex, std::set<std::pair<std::uint32_t, std::uint32_t>>> missing_;
  bool everybody_has_it_ = false;
  std::uint64_t sent_here_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t duplicated_ = 0;
  std::uint64_t late_ = 0;
  std::uint64_t foreign_ = 0;
};

}  // namespace chat::bench
