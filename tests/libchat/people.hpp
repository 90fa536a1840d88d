// Members to put into lists and rooms.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libchat/member_list.hpp"

namespace chat::test {

inline Nickname nickname(const std::string& text) {
  return *Nickname::make(text);
}

inline Member member(std::uint64_t user, const std::string& name) {
  return {UserId{user}, nickname(name)};
}

// Users `first` to `last`, named u1, u2, ...
inline std::vector<Member> members(std::uint64_t first, std::uint64_t last) {
  std::vector<Member> all;
  for (std::uint64_t user = first; user <= last; ++user)
    all.push_back(member(user, "u" + std::to_string(user)));
  return all;
}

inline std::vector<UserId> users(const std::vector<Member>& members) {
  std::vector<UserId> all;
  for (const Member& member : members)
    all.push_back(member.user);
  return all;
}

}  // namespace chat::test
