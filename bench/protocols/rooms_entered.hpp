#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/load/client_index.hpp"

namespace chat::bench {

// Which room each client has entered, for protocols in which messages carry its name. Rooms are
// kept once, with what the protocol needs to know of each. One thread.
template <class Room>
class RoomsEntered {
 public:
  explicit RoomsEntered(std::uint32_t clients) : rooms_(clients) {}

  // The room of this name, made from the name when no client has entered it before.
  Room& enter(ClientIndex client, const std::string& name) {
    Room& room = known_.try_emplace(name, name).first->second;
    rooms_[client] = &room;
    return room;
  }

  // The client begins anew.
  void forget(ClientIndex client) { rooms_[client] = nullptr; }

  // Null before the client has entered one.
  const Room* of(ClientIndex client) const { return rooms_[client]; }

 private:
  std::unordered_map<std::string, Room> known_;  // stay where they are
  std::vector<const Room*> rooms_;
};

}  // namespace chat::bench
