#include "libchat/nickname_registry.hpp"

#include <cassert>

namespace chat {

bool NicknameRegistry::claim(const Nickname& name, SessionId holder) {
  const auto [place, inserted] = holders_.try_emplace(name, holder);
  return inserted || place->second == holder;
}

void NicknameRegistry::release(const Nickname& name, SessionId holder) {
  const auto place = holders_.find(name);
  assert(place != holders_.end() && place->second == holder);
  (void)holder;
  holders_.erase(place);
}

SessionId NicknameRegistry::holder(const Nickname& name) const {
  const auto place = holders_.find(name);
  return place == holders_.end() ? SessionId{} : place->second;
}

}  // namespace chat
