#include "tests/simulation/room_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tests/simulation/violation.hpp"

namespace chat::sim {
namespace {

using Item = RoomTruth::Item;
using Kind = Item::Kind;

}  // namespace

RoomStream RoomStream::opened(const Truth& truth, UserId reader, const protocol::RoomOpened& m) {
  RoomStream stream(truth, reader, m.room);
  stream.kind_ = m.kind;
  stream.next_ = m.next;
  stream.listed_ = m.listed;
  stream.snapshots_due_ = m.listed ? 1 : 0;
  const RoomTruth& room = stream.truth();
  require(m.next <= room.next(), "a room is opened behind its end");
  for (std::size_t place = room.behind(m.next - 1); place <= room.end(); ++place)
    if (room.state(place).messages + 1 == m.next.value && room.state(place).listed == m.listed &&
        (m.kind == RoomKind::pair || room.state(place).size == m.members))
      stream.places_.insert(place);
  require(!stream.places_.empty(),
          fmt::format(
              "a room is opened as it never was: {} next {} members {} listed {}; at last {} {} {}",
              m.room.value, m.next.value, m.members, m.listed, room.state(room.end()).messages,
              room.state(room.end()).size, room.state(room.end()).listed));
  return stream;
}

RoomStream RoomStream::at(const Truth& truth, UserId reader, const protocol::RoomOpened& m) {
  RoomStream stream(truth, reader, m.room);
  stream.kind_ = m.kind;
  return stream;
}

void RoomStream::reopened(const protocol::RoomOpened& m) {
  require(kind_ == m.kind, "a room is of another kind now");
  require(m.next <= truth().next(), "a room is opened behind its end");
  next_ = m.next;
  known_.clear();
  places_ = truth().places_behind(m.next - 1);
  listed_ = m.listed;
  whole_ = ended_ = is_fresh_ = fed_ = false;
  snapshots_due_ = m.listed ? 1 : 0;
  roster_.clear();
}

bool RoomStream::is_passed_over(const Item& item) const {
  return item.kind == Kind::silent ||
         (kind_ == RoomKind::pair && item.kind == Kind::message && item.user == reader_);
}

// The places, and those that are reached from them without a frame.
RoomStream::Places RoomStream::with_passed_over(const Places& places) const {
  Places all;
  for (std::size_t place : places)
    while (all.insert(place).second && place < truth().end() && is_passed_over(truth().item(place)))
      ++place;
  return all;
}

// Where one can be behind an item that matches.
template <class Matches>
RoomStream::Places RoomStream::advanced(Matches matches) const {
  Places next;
  for (const std::size_t place : with_passed_over(places_))
    if (place < truth().end() && matches(truth().item(place), place))
      next.insert(place + 1);
  return next;
}

template <class Matches>
void RoomStream::advance(Matches matches, const char* otherwise) {
  places_ = advanced(matches);
  require(!places_.empty(), fmt::format("room {}: {}", room_.value, otherwise));
}

void RoomStream::know(Sequence sequence) {
  if (sequence < next_)
    return;
  known_.insert(sequence);
  while (known_.erase(next_) > 0)
    next_ = next_ + 1;
}

void RoomStream::acknowledged(Sequence sequence) {
  if (kind_ == RoomKind::pair)
    know(sequence);
}

// Whether at this place it is the next message that one is sent, whatever else comes before it.
bool RoomStream::is_next(std::size_t place, Sequence sequence) const {
  Sequence next{truth().state(place).messages + 1};
  while (next < sequence && kind_ == RoomKind::pair && truth().has(next) &&
         truth().message(next).user == reader_)
    next = next + 1;
  return next == sequence;
}

// What the log in memory does not hold any more comes from the store.
void RoomStream::hear(const protocol::Posted& m) {
  Places next = advanced([&](const Item& item, std::size_t place) {
    return item.kind == Kind::message && truth().state(place).messages + 1 == m.sequence.value;
  });
  const bool may_be_fed =
      truth_->is_durable() && m.sequence < truth().tail() &&
      std::ranges::any_of(places_, [&](std::size_t place) { return is_next(place, m.sequence); });
  require(!fed_ || may_be_fed, fmt::format("room {}: its log goes on before a gap", room_.value));
  fed_ = may_be_fed && next.empty();
  if (may_be_fed)
    next.insert(truth().behind(m.sequence));
  places_ = std::move(next);
  require(!places_.empty(),
          fmt::format("room {}: a message that is not the next one", room_.value));
  know(m.sequence);
  ended_ = false;
}

void RoomStream::hear_presence() {
  require(!fed_, fmt::format("room {}: its log goes on before a gap", room_.value));
}

void RoomStream::hear(const protocol::Joined& m) {
  hear_presence();
  ended_ = false;  // over a store a pair goes on when who has left it comes back
  for (const auto& person : m.people) {
    advance(
        [&](const Item& item, std::size_t) {
          return item.kind == Kind::joined && item.user == person.user &&
                 item.name == person.nickname && item.time == m.time;
        },
        "a joining that is not next");
    if (listed_)
      roster_.put(person.user, person.nickname);
  }
  check_list();
}

void RoomStream::hear(const protocol::Left& m) {
  hear_presence();
  for (const auto& person : m.people) {
    advance(
        [&](const Item& item, std::size_t) {
          return item.kind == Kind::left && item.user == person.user &&
                 item.name == person.nickname && item.reason == person.reason &&
                 item.time == m.time;
        },
        "a leaving that is not next");
    roster_.remove(person.user);
  }
  ended_ = kind_ == RoomKind::pair;
  check_list();
}

void RoomStream::hear(const protocol::Renamed& m) {
  hear_presence();
  advance(
      [&](const Item& item, std::size_t) {
        return item.kind == Kind::renamed && item.user == m.user && item.before == m.before &&
               item.name == m.after && item.time == m.time;
      },
      "a renaming that is not next");
  roster_.rename(m.user, m.after);
  check_list();
}

void RoomStream::hear(const protocol::Presence& m) {
  hear_presence();
  for (const auto& person : m.people) {
    advance(
        [&](const Item& item, std::size_t) {
          return item.kind == Kind::state && item.user == person.user &&
                 item.name == person.nickname && item.state == person.state && item.time == m.time;
        },
        "a presence that is not next");
    roster_.set_lost(person.user, person.state == PresenceState::lost);
  }
  check_list();
}

void RoomStream::hear(const protocol::Typing& m) {
  hear_presence();
  advance(
      [&](const Item& item, std::size_t) {
        return item.kind == Kind::typing && item.user == m.user && item.name == m.nickname &&
               item.time == m.time;
      },
      "a typing that is not next");
  check_list();
}

void RoomStream::hear(const protocol::Away& m) {
  hear_presence();
  advance(
      [&](const Item& item, std::size_t) {
        return item.kind == Kind::away && item.user == m.user && item.name == m.nickname &&
               item.is_away == m.is_away && item.time == m.time;
      },
      "an absence that is not next");
  roster_.set_away(m.user, m.is_away);
  check_list();
}

// The first one stands in the log, those behind it come whenever, and one answers a gap.
void RoomStream::hear(const protocol::MemberCount& m) {
  Places next = advanced([&](const Item& item, std::size_t place) {
    return item.kind == Kind::counting && truth().state(place + 1).size == m.members;
  });
  for (const std::size_t place : with_passed_over(places_))
    if (!truth().state(place).listed && truth().state(place).size == m.members)
      next.insert(place);
  if (snapshots_due_ > 0) {
    snapshots_due_ -= next.empty() ? 1 : 0;
    next.insert(places_.begin(), places_.end());
  }
  require(!next.empty(), "a count of members that is not next");
  places_ = std::move(next);
  listed_ = whole_ = false;
  roster_.clear();
}

void RoomStream::hear(const protocol::MemberPage& m) {
  if (m.first)
    roster_.clear();
  listed_ = true;
  for (const auto& person : m.people) {
    require(roster_.people().empty() || roster_.people().rbegin()->first < person.user,
            "a list of members that does not ascend");
    roster_.put(person.user, person.nickname);
  }
  for (const UserId user : m.lost) {
    require(roster_.contains(user), "somebody is lost who is not in the list");
    roster_.set_lost(user, true);
  }
  for (const UserId user : m.away) {
    require(roster_.contains(user), "somebody is away who is not in the list");
    roster_.set_away(user, true);
  }
  whole_ = m.last;
  if (m.last)
    take_list(m.total);
}

void RoomStream::check_listed(const protocol::MemberPage& m) const {
  Roster listed;
  for (const auto& person : m.people)
    listed.put(person.user, person.nickname);
  for (const UserId user : m.lost)
    listed.set_lost(user, true);
  for (const UserId user : m.away)
    listed.set_away(user, true);
  require(listed.size() == m.people.size() && listed.size() <= m.total, "somebody is listed twice");
  if (kind_ == RoomKind::pair)
    return require(is_list_of_two(listed), "a room of two has others");
  bool was_so = !m.first || !m.last;
  for (std::size_t place = *places_.begin(); !was_so && place <= truth().end(); ++place)
    was_so = truth().state(place).members == listed.digest();
  require(was_so, "members are listed as they never were");
}

// Whoever comes back to a pair, over a store, is in its list only then.
bool RoomStream::is_list_of_two(const Roster& list) const {
  return list.size() <= 2 && (list.contains(reader_) || truth_->is_durable()) &&
         std::ranges::all_of(list.people(), [&](const auto& one) {
           return one.first == reader_ || truth_->is_pair_of(room_, one.first) ||
                  !truth_->is_durable();
         });
}

void RoomStream::take_list(std::size_t total) {
  require(roster_.size() == total, "a list of members that is not whole");
  require(kind_ == RoomKind::open || is_list_of_two(roster_), "a room of two has other members");
  const bool announced = take_announced();
  require(announced || snapshots_due_ > 0, "a list of members that nobody expects");
  const bool is_exact = announced ? snapshots_due_ == 0 : is_fresh_;
  if (!announced)
    --snapshots_due_;
  is_fresh_ = false;
  right_from_ = is_exact ? 0 : truth().end();
  check_list();
}

// Whether it may be one that stands in the log, as after counts.
bool RoomStream::take_announced() {
  Places next = advanced([&](const Item& item, std::size_t place) {
    return item.kind == Kind::relisted && truth().state(place + 1).members == roster_.digest();
  });
  if (next.empty())
    return false;
  if (snapshots_due_ > 0)
    next.insert(places_.begin(), places_.end());
  places_ = std::move(next);
  return true;
}

void RoomStream::hear(const protocol::Gap& m) {
  const Places before = with_passed_over(places_);
  require(std::ranges::any_of(before, [&](std::size_t place) { return is_next(place, m.from); }),
          "a gap that does not begin where one has read to");
  require(m.to < truth().next() && m.to + 1 >= m.from, "a gap over what was not published");
  require(m.to + 1 <= truth().tail(), "a gap over what the log still holds");
  Places next;
  for (std::size_t place = std::max(*before.begin(), truth().behind(m.to)); place <= truth().end();
       ++place)
    if (truth().state(place).messages == m.to.value)
      next.insert(place);
  places_ = std::move(next);
  require(!places_.empty(), "a gap that goes back");
  while (next_ <= m.to)
    know(next_);
  whole_ = is_fresh_ = ended_ = fed_ = false;
  ++snapshots_due_;
}

// Where the stream is, the list is as it was announced there.
void RoomStream::check_list() {
  if (kind_ == RoomKind::pair || !listed_ || !whole_ || places_.empty() ||
      *places_.begin() < right_from_)
    return;
  std::erase_if(
      places_, [&](std::size_t place) { return truth().state(place).members != roster_.digest(); });
  require(!places_.empty(), fmt::format("room {}: its members are not as announced", room_.value));
}

void RoomStream::check_closed_pair() const {
  const Places read = with_passed_over(places_);
  const bool has_left = std::ranges::any_of(
      read, [&](std::size_t place) { return place > 0 && truth().item(place - 1).ends_pair; });
  require(kind_ == RoomKind::pair && has_left, "a room is closed that nobody left");
}

void RoomStream::check_read() const {
  require(with_passed_over(places_).contains(truth().end()),
          fmt::format("room {}: not everything was read", room_.value));
}

void RoomStream::check_at_rest() const {
  check_read();
  if (kind_ == RoomKind::pair)
    return require(!truth().somebody_has_left(), "a pair that has ended is not closed");
  const RoomTruth::State& state = truth().state(truth().end());
  require(listed_ == state.listed, "members are listed where they are counted, or not");
  require(!listed_ || (whole_ && roster_.digest() == state.members),
          fmt::format("room {}: at rest, its members are not as announced", room_.value));
}

}  // namespace chat::sim
