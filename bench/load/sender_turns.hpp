// Whose turn it is to say something, when senders wait for acknowledgements.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "bench/load/client_index.hpp"

namespace chat::bench {

// The first clients talk by turns. Each has at most a window of messages that are not acknowledged.
// One thread.
class SenderTurns {
 public:
  // Precondition: senders > 0.
  SenderTurns(std::uint32_t senders, std::uint32_t window)
      : window_(window), unacknowledged_(senders) {}

  // The next sender who may say something; nothing when there is none before something is
  // acknowledged.
  std::optional<ClientIndex> next();
  // How many messages a client may say now: none, when it does not talk.
  std::uint32_t may_say(ClientIndex client) const;

  // A sender may say more than it may, if it must.
  void said(ClientIndex sender);
  void acknowledged(ClientIndex sender) { --unacknowledged_[sender]; }

  // Of all senders together.
  std::uint64_t said() const { return said_; }

 private:
  std::uint32_t window_;
  std::vector<std::uint32_t> unacknowledged_;  // by sender
  ClientIndex next_ = 0;
  std::uint64_t said_ = 0;
};

}  // namespace chat::bench
