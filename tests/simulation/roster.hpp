// Who is in a room, with a digest by which two lists are compared at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "libchat/ids.hpp"

namespace chat::sim {

// A value.
class Roster {
 public:
  struct Person {
    std::string nickname;
    bool lost = false;
    bool away = false;
  };

  // Somebody who is in it already only gets the name.
  void put(UserId user, std::string_view nickname);
  // The following pass over users who are not in it.
  void remove(UserId user);
  void rename(UserId user, std::string_view nickname);
  void set_lost(UserId user, bool lost);
  void set_away(UserId user, bool away);
  void clear() { *this = {}; }

  const std::map<UserId, Person>& people() const { return people_; }
  // Whether they are the same, called the same; who of them is lost or away may differ.
  bool has_the_people_of(const Roster& other) const;
  bool contains(UserId user) const { return people_.contains(user); }
  std::size_t size() const { return people_.size(); }

  // The same for the same people, whatever happened before; 0 for nobody.
  std::uint64_t digest() const { return digest_; }

 private:
  void change(std::map<UserId, Person>::iterator place, Person to);

  std::map<UserId, Person> people_;
  std::uint64_t digest_ = 0;  // the sum over all
};

}  // namespace chat::sim
