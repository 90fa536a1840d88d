// What the server's messages do to the model.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

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

std::string count_of(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

void Model::on(const protocol::Welcome& welcome) {
  requests_.erase(welcome.request);
  phase_ = Phase::chatting;
  me_ = welcome.user;
  nickname_ = welcome.nickname;
  max_text_bytes_ = std::min<std::size_t>(welcome.max_text_bytes, kMaxTextBytes);
  max_rooms_ = welcome.max_rooms;
  show(LineKind::notice, fmt::format("Welcome to {} {}, {}. See /help.", welcome.server,
                                     welcome.server_version, nickname_));
}

void Model::on(const protocol::RoomOpened& opened) {
  if (opened.kind == RoomKind::pair)
    return open_pair(opened);
  const bool wanted = take_request(opened.request).has_value();
  Room* room = find(opened.room);
  if (!room) {
    if (rooms_.size() >= max_rooms_)
      return;
    room = &rooms_.emplace_back(opened.room, opened.name);
    // The first room goes on with what was shown before it.
    if (rooms_.size() == 1)
      std::swap(room->scrollback, outside_.scrollback);
  }
  if (opened.listed)
    room->members.begin_list(opened.members);
  else
    room->members.count(opened.members);
  if (wanted || rooms_.size() == 1)
    bring_to_front(static_cast<std::size_t>(room - rooms_.data()));
}

void Model::on(const protocol::RoomClosed& closed) {
  requests_.erase(closed.request);
  close_pair(closed.room);
  const Room* room = find(closed.room);
  if (!room)
    return;
  const auto text = fmt::format("You left {}.", room->name);
  close(closed.room);
  show(LineKind::event, text);
}

void Model::on(const protocol::NicknameChanged& changed) {
  requests_.erase(changed.request);
  nickname_ = changed.nickname;
  show(LineKind::event, fmt::format("You are now known as {}", nickname_));
}

void Model::on(const protocol::Acknowledged& acknowledged) {
  auto request = take_request(acknowledged.request);
  // In an open room the message itself comes with the log.
  if (request && request->what == Request::What::text && !request->name.empty())
    whisper_acknowledged(acknowledged, std::move(*request));
}

void Model::on(const protocol::MemberPage& page) {
  for (const auto& [user, nickname] : page.people)
    people_.saw(user, nickname);
  if (page.request != RequestId{})
    return show_page_of_members(page);
  Room* room = find(page.room);
  if (!room)
    return;
  if (page.first)
    room->members.begin_list(page.total);
  for (const auto& [user, nickname] : page.people)
    room->members.add(user, nickname);
  if (page.last)
    room->members.end_list();
}

void Model::show_page_of_members(const protocol::MemberPage& page) {
  const auto asked = requests_.find(page.request);
  Room* room = find(page.room);
  if (asked == requests_.end() || !room)
    return;
  std::vector<std::string_view> names;
  for (const auto& person : page.people)
    names.push_back(person.nickname);
  const auto total = count_of(page.total, "person", "people");
  show(*room, LineKind::notice,
       page.first ? fmt::format("{} in {}: {}", total, room->name, fmt::join(names, ", "))
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

void Model::on(const protocol::RoomPage& page) {
  auto request = take_request(page.request);
  if (!request)
    return;
  std::vector<std::string> rooms;
  for (const auto& room : page.rooms)
    rooms.push_back(fmt::format("{} ({})", room.name, room.members));
  show(LineKind::notice, fmt::format("Rooms: {}", fmt::join(rooms, ", ")));
  if (page.last || page.rooms.empty() || page.rooms.back().room <= request->after_room)
    return;
  const RoomId after = request->after_room = page.rooms.back().room;
  outgoing_.emplace_back(protocol::ListRooms{.request = ask(std::move(*request)), .after = after});
}

void Model::on(const protocol::Error& error) {
  const std::string sentence =
      error.sentence.empty() ? std::string(describe(error.code)) : error.sentence;
  const auto request = take_request(error.request);
  if (!request)
    return show(LineKind::error, sentence);
  if (request->what == Request::What::hello)
    return ask_for_nickname(request->name, sentence);
  if (request->what == Request::What::text) {
    show(LineKind::error, fmt::format("{} Not sent: {}", sentence, request->input));
    // Whoever repeats it now means the one who has the name.
    if (error.code == ErrorCode::nickname_changed_hands)
      people_.forget(request->name);
    return;
  }
  show(LineKind::error, fmt::format("{} ({})", sentence, request->input));
}

void Model::on(const protocol::Gap& gap) {
  if (const auto pair = pairs_.find(gap.room); pair != pairs_.end())
    whispers_missed(pair->second, gap);
  else if (Room* room = find(gap.room))
    show_missed(*room, gap.to < gap.from ? 0 : gap.to.value - gap.from.value + 1);
}

// 0 messages: only presence.
void Model::show_missed(Room& room, std::uint64_t messages) {
  show(room, LineKind::event,
       messages == 0 ? "Some joins and leaves were missed"
                     : count_of(messages, "message was missed", "messages were missed"));
}

void Model::on(const protocol::Posted& posted) {
  if (posted.user != me_)
    people_.saw(posted.user, posted.nickname);
  if (const auto pair = pairs_.find(posted.room); pair != pairs_.end())
    whisper_posted(pair->second, posted);
  else if (Room* room = find(posted.room))
    show_message(*room, posted);
}

void Model::show_message(Room& room, const protocol::Posted& posted) {
  const auto kind = posted.user == me_ ? LineKind::own_message : LineKind::message;
  const auto text = posted.kind == MessageKind::action
                        ? fmt::format("* {} {}", posted.nickname, posted.text)
                        : fmt::format("<{}> {}", posted.nickname, posted.text);
  show_at(room, kind, posted.time, text);
}

void Model::on(const protocol::Joined& joined) {
  Room* room = find(joined.room);
  if (!room)
    return;
  for (const auto& [user, nickname] : joined.people) {
    people_.saw(user, nickname);
    room->members.add(user, nickname);
  }
  const auto names = listing(joined.people, [](const auto& person) { return person.nickname; });
  show_at(*room, LineKind::event, joined.time, fmt::format("→ {} joined", names));
}

void Model::on(const protocol::Left& left) {
  // What ends a pair is its last frame.
  close_pair(left.room);
  Room* room = find(left.room);
  if (!room)
    return;
  for (const auto& person : left.people)
    room->members.remove(person.user);
  for (const auto reason : {LeaveReason::left, LeaveReason::quit, LeaveReason::lost}) {
    std::vector<protocol::Departure> gone;
    std::ranges::copy_if(left.people, std::back_inserter(gone),
                         [&](const auto& person) { return person.reason == reason; });
    if (gone.empty())
      continue;
    const auto names = listing(gone, [](const auto& person) { return person.nickname; });
    show_at(*room, LineKind::event, left.time, fmt::format("← {} {}", names, words_for(reason)));
  }
}

void Model::on(const protocol::Renamed& renamed) {
  people_.saw(renamed.user, renamed.after);
  if (const auto pair = pairs_.find(renamed.room); pair != pairs_.end() && renamed.user != me_)
    pair->second.rename_other(renamed.after);
  Room* room = find(renamed.room);
  if (!room)
    return;
  room->members.add(renamed.user, renamed.after);
  // NicknameChanged says it to oneself, in rooms of any size.
  if (renamed.user != me_)
    show_at(*room, LineKind::event, renamed.time,
            fmt::format("{} is now known as {}", renamed.before, renamed.after));
}

void Model::on(const protocol::MemberCount& count) {
  if (Room* room = find(count.room))
    room->members.count(count.members);
}

void Model::on(const protocol::Ping& ping) {
  outgoing_.emplace_back(protocol::Pong{.request = ping.request});
}

void Model::on(const protocol::Goodbye& goodbye) {
  // The server's last frame: whether and when it closes makes no difference.
  connection_lost(goodbye.sentence.empty() ? describe(goodbye.reason) : goodbye.sentence, now_);
}

}  // namespace chat::client
