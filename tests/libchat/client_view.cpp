#include "tests/libchat/client_view.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/libchat/hub_script.hpp"

namespace chat::test {

void ClientView::take(const protocol::ServerMessage& message) {
  CAPTURE(in_words(message));
  std::visit([&](const auto& m) { on(m); }, message);
}

void ClientView::answer(RequestId request) {
  if (request == RequestId{})
    return;
  const bool is_first = answered_.insert(request).second;
  REQUIRE_MESSAGE(is_first, "a request is answered twice");
}

ClientView::RoomView& ClientView::room(RoomId id) {
  const auto place = rooms_.find(id);
  REQUIRE_MESSAGE(place != rooms_.end(), "a frame of a room that one is not in");
  REQUIRE_MESSAGE(!place->second.has_ended, "a frame behind the last one of a pair");
  return place->second;
}

void ClientView::on(const protocol::Welcome& m) {
  answer(m.request);
  REQUIRE_MESSAGE((!m.resumed || m.user == user_), "the session of somebody else is taken up");
  user_ = m.user;
  nickname_ = m.nickname;
  hello_ = m.request;
  was_resumed_ = m.resumed;
  rooms_.clear();
}

std::vector<protocol::LastRead> ClientView::read() const {
  std::vector<protocol::LastRead> all;
  for (const auto& [id, view] : rooms_)
    if (!view.has_ended)
      all.push_back({id, view.next - 1});
  return all;
}

void ClientView::on(const protocol::RoomOpened& m) {
  if (m.kind == RoomKind::open && m.request != hello_)
    answer(m.request);
  const bool is_in = rooms_.contains(m.room) && !rooms_.at(m.room).has_ended;
  REQUIRE_MESSAGE(!is_in, "a room is opened that is open");
  const bool is_reopened = is_resuming(m.request);
  RoomView& view = rooms_[m.room];
  view = {.kind = m.kind,
          .name = m.name,
          .next = m.next,
          .is_listed = m.listed,
          .was_reopened = is_reopened};
  pass_own(m.room, view);
}

void ClientView::on(const protocol::RoomClosed& m) {
  if (is_resuming(m.request)) {
    REQUIRE(!rooms_.contains(m.room));
    return;
  }
  answer(m.request);
  const auto place = rooms_.find(m.room);
  REQUIRE_MESSAGE(place != rooms_.end(), "a room is closed that one is not in");
  RoomView& view = place->second;
  const bool may_have_ended = view.kind == RoomKind::pair && (view.has_ended || view.had_gap);
  REQUIRE_MESSAGE(((m.request == RequestId{}) ? may_have_ended : !view.has_ended),
                  "a room is closed that nobody left");
  rooms_.erase(place);
}

void ClientView::on(const protocol::NicknameChanged& m) {
  answer(m.request);
  nickname_ = m.nickname;
}

void ClientView::on(const protocol::Acknowledged& m) {
  answer(m.request);
  // One that was said again is acknowledged again.
  const bool was_known = was_resumed_ || acknowledged_[m.room].contains(m.sequence);
  const bool was_read = history_[m.room].contains(m.sequence);
  REQUIRE_MESSAGE((!was_read || was_known), "an acknowledgement comes behind the message");
  acknowledged_[m.room].insert(m.sequence);
  if (const auto place = rooms_.find(m.room); place != rooms_.end())
    pass_own(m.room, place->second);
}

void ClientView::on(const protocol::MemberPage& m) {
  answer(m.request);
  if (m.request != RequestId{})
    return;
  RoomView& view = room(m.room);
  if (m.first) {
    view.members.clear();
    view.lost.clear();
  }
  view.lost.insert(m.lost.begin(), m.lost.end());
  for (const auto& person : m.people) {
    const bool is_ascending = view.members.empty() || view.members.rbegin()->first < person.user;
    REQUIRE(is_ascending);
    view.members[person.user] = person.nickname;
  }
  view.is_listed = true;
  view.has_whole_list = m.last;
  REQUIRE((!m.last || view.members.size() == m.total));
}

void ClientView::on(const protocol::RoomPage& m) {
  answer(m.request);
}

void ClientView::on(const protocol::Error& m) {
  answer(m.request);
}

void ClientView::on(const protocol::Gap& m) {
  RoomView& view = room(m.room);
  // What one has said oneself in a pair is known already, whether the log still holds it or not.
  REQUIRE((m.from <= view.next || may_skip(view)));
  REQUIRE((m.from == view.next || view.kind == RoomKind::pair));
  view.next = std::max(view.next, m.to + 1);
  pass_own(m.room, view);
  view.had_gap = true;
  view.has_whole_list = false;
}

void ClientView::on(const protocol::Posted& m) {
  RoomView& view = room(m.room);
  REQUIRE_MESSAGE((view.kind == RoomKind::open || m.user != user_), "a whisper comes back");
  REQUIRE((m.sequence == view.next || (m.sequence > view.next && may_skip(view))));
  view.next = m.sequence + 1;
  pass_own(m.room, view);
  if (view.is_listed && is_exact(view)) {
    const auto author = view.members.find(m.user);
    REQUIRE_MESSAGE(author != view.members.end(), "a message of somebody who is not there");
    REQUIRE(author->second == m.nickname);
  }
  history_[m.room][m.sequence] = m.nickname + ": " + m.text;
}

// In a pair one's own messages are not sent back; that they stand in the room is acknowledged.
void ClientView::pass_own(RoomId id, RoomView& view) {
  if (view.kind == RoomKind::pair)
    while (acknowledged_[id].contains(view.next))
      view.next = view.next + 1;
}

void ClientView::on(const protocol::Joined& m) {
  RoomView& view = room(m.room);
  for (const auto& person : m.people) {
    const bool is_new = view.members.insert({person.user, person.nickname}).second;
    REQUIRE_MESSAGE((is_new || !is_exact(view)), "somebody joins who is there");
  }
}

void ClientView::on(const protocol::Left& m) {
  RoomView& view = room(m.room);
  for (const auto& departure : m.people) {
    const auto member = view.members.find(departure.user);
    const bool is_there = member != view.members.end();
    REQUIRE_MESSAGE((is_there || !is_exact(view)), "somebody leaves who is not there");
    if (is_there) {
      REQUIRE((member->second == departure.nickname || !is_exact(view)));
      view.members.erase(member);
      view.lost.erase(departure.user);
    }
  }
  view.has_ended = view.kind == RoomKind::pair;
}

void ClientView::on(const protocol::Renamed& m) {
  RoomView& view = room(m.room);
  const auto member = view.members.find(m.user);
  if (member == view.members.end()) {
    REQUIRE_MESSAGE(!is_exact(view), "somebody is renamed who is not there");
    return;
  }
  REQUIRE((member->second == m.before || !is_exact(view)));
  member->second = m.after;
}

void ClientView::on(const protocol::Presence& m) {
  RoomView& view = room(m.room);
  for (const auto& person : m.people) {
    const bool is_there = view.members.contains(person.user);
    REQUIRE_MESSAGE((is_there || !is_exact(view)), "news of somebody who is not there");
    if (person.state == PresenceState::lost && is_there)
      view.lost.insert(person.user);
    else
      view.lost.erase(person.user);
  }
}

void ClientView::hear_of(RoomId id, UserId user) {
  RoomView& view = room(id);
  REQUIRE_MESSAGE((view.members.contains(user) || !is_exact(view)),
                  "news of somebody who is not there");
}

void ClientView::on(const protocol::MemberCount& m) {
  RoomView& view = room(m.room);
  view.is_listed = false;
  view.has_whole_list = false;
  view.members.clear();
  view.lost.clear();
}

}  // namespace chat::test
