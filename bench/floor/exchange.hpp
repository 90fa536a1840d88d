// What the floor does with what comes in. One thread, the loop's.
#pragma once

#include <cstddef>
#include <optional>

#include "bench/floor/client.hpp"

namespace chat::floor {

class Exchange {
 public:
  virtual ~Exchange() = default;

  virtual void arrived(Client& client) = 0;
  // Bytes came in. Gives how many it took off their front; the rest comes again with the bytes that
  // follow. Nothing when they are no frames: the connection is closed. The view lives as long as
  // the call.
  virtual std::optional<std::size_t> received(Client& client, ByteView bytes) = 0;
  // All that was ready has been read, or as much as a round may take.
  virtual void round_ended() = 0;
  virtual void left(Client& client) = 0;
};

// "You are in": what a client is sent by an Exchange. A frame of a type that no protocol uses.
inline constexpr std::uint8_t kAdmitted[] = {0, 0, 0, 1, 0xFF};

}  // namespace chat::floor
