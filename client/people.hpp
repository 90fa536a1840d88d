// Whom the user means by a nickname.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libchat/ids.hpp"

namespace chat::client {

// Remembers which user was seen last behind a nickname, so that a whisper to somebody who is gone
// does not reach whoever took the name. A plain value.
class People {
 public:
  // Beyond this many it forgets all of them; a whisper then goes to whoever has the name.
  static constexpr std::size_t kMaxPeople = 50'000;

  void saw(UserId user, std::string_view nickname);
  void forget(std::string_view nickname);

  // Nothing when nobody was seen behind this nickname.
  std::optional<UserId> find(std::string_view nickname) const;
  // As it was seen last, for one that is seen; otherwise as it is given.
  std::string spelt(std::string_view nickname) const;
  // Sorted.
  std::vector<std::string> nicknames() const;

 private:
  struct Person {
    UserId user;
    std::string nickname;
  };
  std::unordered_map<std::string, Person> by_folded_name_;
};

}  // namespace chat::client
