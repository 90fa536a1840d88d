#include "bench/scenarios/member_view.hpp"

namespace chat::bench {

void MemberView::open(const protocol::RoomOpened& opened, Instant since) {
  room_ = opened.room;
  listed_ = opened.listed;
  count_ = opened.members;
  since_ = since;
}

bool MemberView::take(const Frame& frame, Instant at) {
  switch (static_cast<MessageType>(frame.type)) {
    case MessageType::joined:
      return take_joined(frame.body);
    case MessageType::left:
      return take_left(frame.body);
    case MessageType::member_page:
      return take_page(frame.body);
    case MessageType::member_count:
      return take_count(frame.body, at);
    default:
      return true;
  }
}

bool MemberView::take_joined(ByteView body) {
  const auto joined = wire::decode<protocol::Joined>(body);
  if (joined && joined->room == room_)
    for (const protocol::Person& person : joined->people)
      people_.insert(person.user);
  return joined.has_value();
}

bool MemberView::take_left(ByteView body) {
  const auto left = wire::decode<protocol::Left>(body);
  if (left && left->room == room_)
    for (const protocol::Departure& departure : left->people)
      people_.erase(departure.user);
  return left.has_value();
}

bool MemberView::take_page(ByteView body) {
  const auto page = wire::decode<protocol::MemberPage>(body);
  if (!page || page->room != room_)
    return page.has_value();
  if (page->first)
    people_.clear();
  for (const protocol::Person& person : page->people)
    people_.insert(person.user);
  listed_ = true;
  return true;
}

bool MemberView::take_count(ByteView body, Instant at) {
  const auto count = wire::decode<protocol::MemberCount>(body);
  if (!count || count->room != room_)
    return count.has_value();
  people_.clear();
  listed_ = false;
  count_ = count->members;
  ++counts_;
  last_count_ = at;
  return true;
}

bool MemberView::counts_came_too_often() const {
  constexpr double kCountsPerSecond = 4;
  return counts_ > 0 && counts_ > 1 + kCountsPerSecond * in_seconds(last_count_ - since_);
}

}  // namespace chat::bench
