#include "client/members.hpp"

#include "libchat/name.hpp"

namespace chat::client {
namespace {

std::string folded(std::string_view nickname) {
  const auto name = Nickname::make(nickname);
  return name ? std::string(name->folded()) : std::string(nickname);
}

}  // namespace

void Members::begin_list(std::size_t total) {
  *this = Members();
  total_ = total;
}

void Members::count(std::size_t members) {
  begin_list(members);
  listed_ = false;
}

void Members::add(UserId user, std::string_view nickname) {
  if (!listed_)
    return;
  // A new name does not bring a connection back.
  const auto before = by_user_.find(user);
  const bool lost = before != by_user_.end() && by_name_.at({before->second, user}).lost;
  remove(user);
  if (by_user_.size() == kMaxNames)
    return;
  auto [known, added] = by_user_.emplace(user, folded(nickname));
  by_name_.emplace(Key{known->second, user}, Member{std::string(nickname), lost});
}

void Members::remove(UserId user) {
  const auto known = by_user_.find(user);
  if (known == by_user_.end())
    return;
  by_name_.erase(Key{known->second, user});
  by_user_.erase(known);
}

void Members::set_lost(UserId user, bool lost) {
  if (const auto known = by_user_.find(user); known != by_user_.end())
    by_name_.at({known->second, user}).lost = lost;
}

std::vector<Members::Shown> Members::sorted() const {
  std::vector<Shown> people;
  for (const auto& [key, member] : by_name_)
    people.push_back({member.nickname, member.lost});
  return people;
}

std::vector<std::string_view> Members::sorted_names() const {
  std::vector<std::string_view> names;
  for (const auto& [key, member] : by_name_)
    names.push_back(member.nickname);
  return names;
}

}  // namespace chat::client
