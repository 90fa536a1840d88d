// Who is writing a message in a room.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// Nothing says that it is over: after a while it is taken as that. A plain value.
class Typists {
 public:
  static constexpr std::chrono::milliseconds kLasts = std::chrono::seconds(6);
  // Those beyond are passed over.
  static constexpr std::size_t kMost = 100;

  // Also for one who still does.
  void types(UserId user, std::string_view nickname, WallTime now);
  // Neither has an effect on one who does not type.
  void stops(UserId user);
  void renamed(UserId user, std::string_view nickname);
  // Those of whom nothing was heard for as long as kLasts do not any more. A clock that was put
  // back ends it, too.
  void pass_over(WallTime now);

  bool empty() const { return typists_.empty(); }
  // Until the next one is passed over; nothing when nobody types.
  std::optional<std::chrono::milliseconds> left(WallTime now) const;
  // "Lisa is typing…", in the order in which they began, or what is shorter and fits into so many
  // columns; empty when nobody does.
  std::string sentence(Columns width) const;

 private:
  struct Typist {
    UserId user;
    std::string nickname;
    WallTime heard;
  };
  std::string names() const;

  std::vector<Typist> typists_;
};

}  // namespace chat::client
