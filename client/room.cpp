#include "client/room.hpp"

#include "libchat/name.hpp"

namespace chat::client {

void Room::rename(std::string to) {
  const auto valid = Nickname::make(to);
  folded = valid ? std::string(valid->folded()) : to;
  name = std::move(to);
}

}  // namespace chat::client
