#include "tests/simulation/roster.hpp"

#include <algorithm>
#include <utility>

#include "tests/simulation/digest.hpp"

namespace chat::sim {
namespace {

std::uint64_t digest_of(UserId user, const Roster::Person& person) {
  Digest digest;
  digest.add(user.value);
  digest.add(person.nickname);
  digest.add(std::uint64_t{person.lost});
  digest.add(std::uint64_t{person.away});
  return digest.value();
}

}  // namespace

void Roster::put(UserId user, std::string_view nickname) {
  const auto place = people_.find(user);
  if (place != people_.end())
    return rename(user, nickname);
  const auto added = people_.emplace(user, Person{std::string(nickname)}).first;
  digest_ += digest_of(user, added->second);
}

void Roster::remove(UserId user) {
  const auto place = people_.find(user);
  if (place == people_.end())
    return;
  digest_ -= digest_of(user, place->second);
  people_.erase(place);
}

void Roster::rename(UserId user, std::string_view nickname) {
  if (const auto place = people_.find(user); place != people_.end())
    change(place, {std::string(nickname), place->second.lost, place->second.away});
}

void Roster::set_lost(UserId user, bool lost) {
  if (const auto place = people_.find(user); place != people_.end())
    change(place, {place->second.nickname, lost, place->second.away});
}

void Roster::set_away(UserId user, bool away) {
  if (const auto place = people_.find(user); place != people_.end())
    change(place, {place->second.nickname, place->second.lost, away});
}

bool Roster::has_the_people_of(const Roster& other) const {
  return std::ranges::equal(people_, other.people_, [](const auto& one, const auto& another) {
    return one.first == another.first && one.second.nickname == another.second.nickname;
  });
}

void Roster::change(std::map<UserId, Person>::iterator place, Person to) {
  digest_ -= digest_of(place->first, place->second);
  place->second = std::move(to);
  digest_ += digest_of(place->first, place->second);
}

}  // namespace chat::sim
