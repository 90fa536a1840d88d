// What the server says about who is in a room.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/model.hpp"

namespace chat::client {
namespace {

// More names than this in one line of joins or leaves are counted.
constexpr std::size_t kNamesInLine = 10;

// "Ann, Bert and 3 others"
template <class People, class NameOf>
std::string listing(const People& people, NameOf&& name_of) {
  std::vector<std::string> names;
  for (const auto& person : people)
    if (names.size() < kNamesInLine)
      names.push_back(name_of(person));
  const std::string text = fmt::format("{}", fmt::join(names, ", "));
  const std::size_t others = people.size() - names.size();
  return others == 0 ? text : fmt::format("{} and {} others", text, others);
}

std::string_view words_for(LeaveReason reason) {
  switch (reason) {
    case LeaveReason::left:
      return "left";
    case LeaveReason::quit:
      return "left the chat";
    case LeaveReason::lost:
      return "left (connection lost)";
  }
  return "left";
}

std::string_view words_for_other(LeaveReason reason) {
  switch (reason) {
    case LeaveReason::left:
      return "has left the conversation";
    case LeaveReason::quit:
      return "has left the chat";
    case LeaveReason::lost:
      return "has left (connection lost)";
  }
  return "has left";
}

std::string news_of(const std::vector<std::string>& names, PresenceState state) {
  const auto who = listing(names, [](const std::string& name) { return name; });
  return state == PresenceState::lost
             ? fmt::format("{}: connection lost", who)
             : fmt::format("{} {} back", who, names.size() == 1 ? "is" : "are");
}

}  // namespace

void Model::on(const protocol::MemberPage& page) {
  for (const auto& [user, nickname] : page.people)
    people_.saw(user, nickname);
  if (page.request != RequestId{})
    return show_page_of_members(page);
  for (const auto& [user, nickname] : page.people)
    learn_other(page.room, user, nickname);
  Room* room = rooms_.find(page.room);
  if (!room)
    return;
  if (page.first)
    room->members.begin_list(page.total);
  for (const auto& [user, nickname] : page.people)
    room->members.add(user, nickname);
  for (const UserId user : page.lost)
    room->members.set_lost(user, true);
  for (const UserId user : page.away)
    room->members.set_away(user, std::string());
  if (page.last)
    room->members.end_list();
}

void Model::show_page_of_members(const protocol::MemberPage& page) {
  const auto asked = requests_.find(page.request);
  Room* room = rooms_.find(page.room);
  if (asked == requests_.end() || !room)
    return;
  std::vector<std::string> names;
  for (const auto& person : page.people)
    names.push_back(std::ranges::find(page.away, person.user) == page.away.end()
                        ? person.nickname
                        : fmt::format("{} (away)", person.nickname));
  show(*room, LineKind::notice,
       page.first
           ? fmt::format("{} {} in {}: {}", page.total, page.total == 1 ? "person" : "people",
                         room->name, fmt::join(names, ", "))
           : fmt::format("… {}", fmt::join(names, ", ")));
  auto request = std::move(asked->second);
  requests_.erase(asked);
  // Pages that do not ascend might never end.
  if (page.last || page.people.empty() || page.people.back().user <= request.after_user)
    return;
  const UserId after = request.after_user = page.people.back().user;
  outgoing_.emplace_back(
      protocol::ListMembers{.request = ask(std::move(request)), .room = page.room, .after = after});
}

// After a lost connection a room is read again from behind the last message, with the presence that
// stands there. It brings the members up to date, and was shown before.
void Model::show_news(Room& room, WallTime when, std::string_view text) {
  if (when <= room.seen_until)
    return;
  room.last_news = std::max(room.last_news, when);
  show_at(room, LineKind::event, when, text);
}

void Model::on(const protocol::Joined& joined) {
  Room* room = rooms_.find(joined.room);
  if (!room)
    return;
  for (const auto& [user, nickname] : joined.people) {
    people_.saw(user, nickname);
    room->members.add(user, nickname);
  }
  // Of two, both are there from the begin.
  if (room->is_pair())
    return;
  const auto names = listing(joined.people, [](const auto& person) { return person.nickname; });
  show_news(*room, joined.time, fmt::format("→ {} joined", names));
}

void Model::on(const protocol::Left& left) {
  Room* room = rooms_.find(left.room);
  if (!room)
    return;
  for (const auto& person : left.people) {
    room->members.remove(person.user);
    room->typists.stops(person.user);
  }
  if (room->is_pair())
    return other_left(*room, left);
  for (const auto reason : {LeaveReason::left, LeaveReason::quit, LeaveReason::lost}) {
    std::vector<protocol::Departure> gone;
    std::ranges::copy_if(left.people, std::back_inserter(gone),
                         [&](const auto& person) { return person.reason == reason; });
    if (gone.empty())
      continue;
    const auto names = listing(gone, [](const auto& person) { return person.nickname; });
    show_news(*room, left.time, fmt::format("← {} {}", names, words_for(reason)));
  }
}

// What ends a pair is its last frame. Either of the two may have left.
void Model::other_left(Room& room, const protocol::Left& left) {
  std::string news;
  for (const auto& [user, nickname, reason] : left.people)
    if (user != me_)
      news = fmt::format("← {} {}", nickname, words_for_other(reason));
  end_pair(room, left.time, news);
}

void Model::on(const protocol::Renamed& renamed) {
  people_.saw(renamed.user, renamed.after);
  other_renamed(renamed);
  Room* room = rooms_.find(renamed.room);
  if (!room)
    return;
  room->members.add(renamed.user, renamed.after);
  room->speakers.renamed(renamed.user, renamed.after);
  room->typists.renamed(renamed.user, renamed.after);
  // NicknameChanged says it to oneself, in rooms of any size.
  if (renamed.user != me_)
    show_news(*room, renamed.time,
              fmt::format("{} is now known as {}", renamed.before, renamed.after));
}

void Model::on(const protocol::MemberCount& count) {
  if (Room* room = rooms_.find(count.room))
    room->members.count(count.members);
}

void Model::on(const protocol::Presence& presence) {
  Room* room = rooms_.find(presence.room);
  if (!room)
    return;
  for (const auto state : {PresenceState::lost, PresenceState::here}) {
    std::vector<std::string> names;
    for (const auto& change : presence.people) {
      if (change.state != state)
        continue;
      room->members.set_lost(change.user, state == PresenceState::lost);
      // Whose own connection it was knows.
      if (change.user != me_)
        names.push_back(change.nickname);
    }
    if (!names.empty())
      show_news(*room, presence.time, news_of(names, state));
  }
}

}  // namespace chat::client
