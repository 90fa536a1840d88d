#include "client/speakers.hpp"

#include <algorithm>

namespace chat::client {

void Speakers::spoke(UserId user, std::string_view nickname) {
  std::erase_if(speakers_, [&](const Speaker& speaker) { return speaker.user == user; });
  speakers_.push_front({user, std::string(nickname)});
  if (speakers_.size() > kMaxSpeakers)
    speakers_.pop_back();
}

void Speakers::renamed(UserId user, std::string_view nickname) {
  for (Speaker& speaker : speakers_)
    if (speaker.user == user)
      speaker.nickname = nickname;
}

void Speakers::bring_to_front(std::vector<std::string>& names) const {
  auto next = names.begin();
  for (const Speaker& speaker : speakers_) {
    const auto found = std::find(next, names.end(), speaker.nickname);
    if (found != names.end())
      std::rotate(next++, found, found + 1);
  }
}

}  // namespace chat::client
