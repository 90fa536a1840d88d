// Who is connected to the floor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "libchat/bytes.hpp"
#include "net/unique_fd.hpp"

namespace chat::floor {

struct Client {
  net::UniqueFd socket;
  std::size_t index = 0;  // among the loop's clients

  bool in_ready_list = false;
  bool input_ends = false;  // the kernel has announced the end of the stream
  Bytes unread;             // the front of a frame whose rest has not come yet

  bool blocked = false;  // its socket is full; an edge will come
  bool broken = false;   // nothing can be sent any more; reading will tell why
  Bytes pending;         // what it is still owed, in order
  std::size_t sent = 0;  // of pending

  std::size_t seat = 0;               // in Broadcast: its place among the audience
  std::optional<std::uint32_t> pair;  // in PairRelay: its number, once it is known
  Client* other = nullptr;            // in PairRelay: the other end, while it is there
};

}  // namespace chat::floor
