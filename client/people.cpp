#include "client/people.hpp"

#include <algorithm>

#include "libchat/name.hpp"

namespace chat::client {

void People::saw(UserId user, std::string_view nickname) {
  const auto name = Nickname::make(nickname);
  if (!name)
    return;
  if (by_folded_name_.size() >= kMaxPeople)
    by_folded_name_.clear();
  by_folded_name_.insert_or_assign(std::string(name->folded()),
                                   Person{user, std::string(name->shown())});
}

void People::forget(std::string_view nickname) {
  if (const auto name = Nickname::make(nickname))
    by_folded_name_.erase(std::string(name->folded()));
}

std::optional<UserId> People::find(std::string_view nickname) const {
  const auto name = Nickname::make(nickname);
  if (!name)
    return std::nullopt;
  const auto found = by_folded_name_.find(std::string(name->folded()));
  if (found == by_folded_name_.end())
    return std::nullopt;
  return found->second.user;
}

std::string People::spelt(std::string_view nickname) const {
  const auto name = Nickname::make(nickname);
  const auto found =
      name ? by_folded_name_.find(std::string(name->folded())) : by_folded_name_.end();
  return found == by_folded_name_.end() ? std::string(nickname) : found->second.nickname;
}

std::vector<std::string> People::nicknames() const {
  std::vector<std::string> all;
  for (const auto& [folded, person] : by_folded_name_)
    all.push_back(person.nickname);
  std::ranges::sort(all);
  return all;
}

}  // namespace chat::client
