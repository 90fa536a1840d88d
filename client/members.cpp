#include "client/members.hpp"

#include <utility>

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
  // A new name brings neither a connection back nor who is away.
  const Member* const before = find(user);
  Member member = before != nullptr ? *before : Member{};
  member.nickname = nickname;
  remove(user);
  if (by_user_.size() == kMaxNames)
    return;
  auto [known, added] = by_user_.emplace(user, folded(nickname));
  by_name_.emplace(Key{known->second, user}, std::move(member));
}

void Members::remove(UserId user) {
  const auto known = by_user_.find(user);
  if (known == by_user_.end())
    return;
  by_name_.erase(Key{known->second, user});
  by_user_.erase(known);
}

void Members::set_lost(UserId user, bool lost) {
  if (Member* const member = find(user))
    member->lost = lost;
}

void Members::set_away(UserId user, std::optional<std::string> sentence) {
  if (Member* const member = find(user))
    member->away = std::move(sentence);
}

std::optional<std::string_view> Members::away(UserId user) const {
  const Member* const member = find(user);
  if (member == nullptr || !member->away)
    return std::nullopt;
  return *member->away;
}

const Members::Member* Members::find(UserId user) const {
  const auto known = by_user_.find(user);
  return known == by_user_.end() ? nullptr : &by_name_.at({known->second, user});
}

Members::Member* Members::find(UserId user) {
  return const_cast<Member*>(std::as_const(*this).find(user));
}

std::vector<Members::Shown> Members::sorted() const {
  std::vector<Shown> people;
  for (const auto& [key, member] : by_name_)
    people.push_back({member.nickname, member.lost, member.away.has_value()});
  return people;
}

std::vector<std::string_view> Members::sorted_names() const {
  std::vector<std::string_view> names;
  for (const auto& [key, member] : by_name_)
    names.push_back(member.nickname);
  return names;
}

}  // namespace chat::client
