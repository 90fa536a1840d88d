// Who spoke last in a room.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "libchat/ids.hpp"

namespace chat::client {

// The last few who said something, to be addressed before all others. A plain value.
class Speakers {
 public:
  static constexpr std::size_t kMaxSpeakers = 100;

  void spoke(UserId user, std::string_view nickname);
  void renamed(UserId user, std::string_view nickname);

  // Of these names those who spoke last come first, the others stay in their order behind them.
  void bring_to_front(std::vector<std::string>& names) const;

 private:
  struct Speaker {
    UserId user;
    std::string nickname;
  };
  std::deque<Speaker> speakers_;  // the last one first
};

}  // namespace chat::client
