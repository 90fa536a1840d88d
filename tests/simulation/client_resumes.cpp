// How a client's session begins, is taken up again, and is left.
#include <algorithm>
#include <utility>

#include "tests/simulation/client.hpp"
#include "tests/simulation/violation.hpp"

namespace chat::sim {

void Client::on(const protocol::Welcome& m) {
  const auto asked = answer(m.request);
  require(!welcome_, "a second welcome");
  reset_ = m.resumed && !claimed_.empty() && m.epoch != claimed_epoch_;
  require(!reset_ || asked->version >= 3, "numbers of an unknown epoch are taken");
  welcome_ = true;
  hello_ = m.request;
  check_resumed(m);
  const bool saw_crash = std::exchange(person_.saw_crash, false);
  person_.is_doubtful = has_rivals();
  person_.rooms_are_doubtful = false;
  person_.said_goodbye = leaving_;
  person_.has_ended = false;
  person_.token = m.token;
  person_.epoch = m.epoch;
  person_.nickname = m.nickname;
  if (!m.resumed)
    return begin_session(m);
  statistics_.add(Seen::resumes);
  statistics_.add(Seen::resumed_after_crash, saw_crash ? 1 : 0);
  statistics_.add(Seen::numbers_reset, reset_ ? 1 : 0);
  resumed_ = true;
  // What was not named comes as if it were new.
  std::erase_if(person_.rooms, [&](const auto& r) { return !claimed_.contains(r.first); });
  for (const auto& [id, room] : person_.rooms)
    to_reopen_.insert(id);
}

void Client::check_resumed(const protocol::Welcome& m) const {
  const std::int64_t time = m.time.milliseconds;
  if (m.resumed) {
    require(shows_token_, "a session is taken up without its token");
    require(m.user == person_.user, "another user's session is taken up");
    require(!person_.has_ended, "a session is taken up that has ended");
    require(!promise_.is_prompt || !person_.detached_at ||
                time - *person_.detached_at < promise_.grace_ms,
            "a session is taken up after its time");
    return;
  }
  const Moment& since = person_.here_until;
  const bool must_be_there = shows_token_ && !person_.is_doubtful && !person_.said_goodbye &&
                             !promise_.departures.may_displace(person_.address, since.departures) &&
                             time - since.milliseconds < promise_.grace_ms;
  require(!must_be_there, "a session is gone before its time");
}

void Client::begin_session(const protocol::Welcome& m) {
  statistics_.add(Seen::sessions);
  truth_.check_user(shown_identity_, shown_secret_, m.user);
  const bool is_same = person_.user == m.user;
  person_.user = m.user;
  person_.identity = shown_identity_;
  person_.secret = shown_secret_;
  person_.rooms.clear();
  person_.since.clear();
  if (is_same)  // what it has said is known
    return statistics_.add(Seen::returned);
  person_.place_of.clear();
  person_.said.clear();
  person_.reused.clear();
}

void Client::reopen(const protocol::RoomOpened& m) {
  foreign_.erase(m.room);
  require(m.reset == reset_, "numbers are void, or are not, and it is not said");
  if (reset_)
    return reopen_reset(m);
  const auto claimed = claimed_.find(m.room);
  const auto since = person_.since.find(m.room);
  Sequence expected = claimed == claimed_.end() ? Sequence{1} : claimed->second;
  if (since != person_.since.end())
    expected = std::max(expected, since->second);
  const bool is_known = claimed != claimed_.end() && since != person_.since.end();
  // Through a later connection, too, the room may have been left and come into again.
  // And a pair that had ended, and was sent to its end, may have begun again.
  const bool may_be_anew =
      m.kind == RoomKind::pair && truth_.is_durable() && truth_.room(m.room).somebody_had_left();
  const bool is_certain = is_known && !rooms_were_doubtful_ && !has_newer_ && !may_be_anew;
  require(m.next == expected || (m.next > expected && !is_certain),
          "a room goes on at another place");
  auto place = person_.rooms.find(m.room);
  if (place == person_.rooms.end())
    place = person_.rooms.emplace(m.room, RoomStream::at(truth_, person_.user, m)).first;
  else
    require(to_reopen_.erase(m.room) == 1, "a room is opened that is open");
  if (place->second.has_ended())
    statistics_.add(Seen::pairs_resumed_ended);
  place->second.reopened(m);
  if (claimed == claimed_.end() && truth_.is_durable())  // may be read from before, too
    person_.since.erase(m.room);
  else if (m.next > expected || claimed == claimed_.end())
    person_.since[m.room] = m.next;
  else if (rooms_were_doubtful_)  // it may have been left and come into since, up to m.next
    person_.since.erase(m.room);
}

// Behind what may be lost.
void Client::reopen_reset(const protocol::RoomOpened& m) {
  to_reopen_.erase(m.room);
  person_.since.erase(m.room);
  person_.rooms.erase(m.room);
  person_.rooms.emplace(m.room, RoomStream::at(truth_, person_.user, m)).first->second.reopened(m);
}

// The session is not in it any more, or never was.
void Client::close_claimed(RoomId id) {
  if (foreign_.erase(id) > 0)
    return;
  require(to_reopen_.erase(id) == 1, "a room is closed twice");
  const bool has_ended =
      person_.rooms.at(id).kind() == RoomKind::pair && truth_.room(id).somebody_had_left();
  require(has_ended || rooms_were_doubtful_ || has_newer_, "a session has lost a room");
}

Person Client::leave_behind(const Moment& now) const {
  Person person = person_;
  person.said_before.insert(said_here_.begin(), said_here_.end());
  if (reset_)  // of the others it knows void numbers
    std::erase_if(person.rooms, [&](const auto& room) { return to_reopen_.contains(room.first); });
  const auto is_pending = [this](MessageType type) {
    return std::ranges::any_of(waiting_, [&](const auto& w) { return w.second.type == type; });
  };
  person.rooms_are_doubtful = person.rooms_are_doubtful || is_pending(MessageType::join) ||
                              is_pending(MessageType::leave) ||
                              (rooms_were_doubtful_ && (!welcome_ || !to_reopen_.empty()));
  if (welcome_)
    person.here_until = now;
  person.detached_at.reset();
  return person;
}

}  // namespace chat::sim
