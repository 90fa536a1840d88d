// Who is in a room, as far as the room says it.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "libchat/ids.hpp"

namespace chat::client {

// Either a list of names, or, for a large room, only their number. A plain value.
class Members {
 public:
  // Far above what a room lists before it only counts; further names are ignored.
  static constexpr std::size_t kMaxNames = 10'000;

  // A list begins; `total` people are announced until it is complete.
  void begin_list(std::size_t total);
  void end_list() { complete_ = true; }
  // The room announces its number of members from here on, and no names.
  void count(std::size_t members);

  // No effect while the room announces numbers.
  void add(UserId user, std::string_view nickname);
  void remove(UserId user);
  // Whether the connection is lost of somebody who is there; no effect on others.
  void set_lost(UserId user, bool lost);
  // Why somebody who is there is away, or an empty text; nothing: they are not.
  void set_away(UserId user, std::optional<std::string> sentence);

  bool listed() const { return listed_; }
  bool contains(UserId user) const { return by_user_.contains(user); }
  std::size_t size() const { return listed_ && complete_ ? by_user_.size() : total_; }
  struct Shown {
    std::string_view nickname;
    bool lost;
    bool away;
  };
  // As the names compare, upper and lower case alike. Empty while the room announces numbers.
  std::vector<Shown> sorted() const;
  std::vector<std::string_view> sorted_names() const;
  // As set_away() has it. Lives until the next change.
  std::optional<std::string_view> away(UserId user) const;

 private:
  using Key = std::pair<std::string, UserId>;  // folded nickname, user

  bool listed_ = true;
  bool complete_ = false;
  std::size_t total_ = 0;
  struct Member {
    std::string nickname;
    bool lost = false;
    std::optional<std::string> away{};
  };
  Member* find(UserId user);
  const Member* find(UserId user) const;

  std::map<Key, Member> by_name_;
  std::unordered_map<UserId, std::string> by_user_;  // the folded nickname
};

}  // namespace chat::client
