#include "client/reads.hpp"

#include <algorithm>
#include <utility>

namespace chat::client {
namespace {

// Whether somebody looks at where it is to be shown.
bool is_waited_for(Range::For what) {
  return what == Range::For::older || what == Range::For::excerpt;
}

std::uint16_t count_of(const Range& range) {
  // One is enough to see whether there is any.
  std::uint64_t count = range.what == Range::For::recalled ? 1 : std::min(range.most, Reads::kPage);
  if (range.before != Sequence{})
    count = std::min(count, range.before.value - range.after.value - 1);
  return static_cast<std::uint16_t>(count);
}

// Those that were asked for: no others, and in order.
std::vector<protocol::HistoryMessage> asked_for(const Range& range,
                                                std::vector<protocol::HistoryMessage> messages) {
  Sequence last = range.after;
  std::erase_if(messages, [&](const protocol::HistoryMessage& message) {
    const bool is_wanted =
        message.sequence > last && (range.before == Sequence{} || message.sequence < range.before);
    if (is_wanted)
      last = message.sequence;
    return !is_wanted;
  });
  if (messages.size() > range.most)
    messages.erase(messages.begin(), messages.end() - static_cast<std::ptrdiff_t>(range.most));
  return messages;
}

}  // namespace

bool Range::is_empty() const {
  return most == 0 || (before != Sequence{} && before <= after + 1);
}

void Reads::want(Range range) {
  forget_if(
      [&](const Range& other) { return other.room == range.room && other.what == range.what; });
  if (!range.is_empty() && waiting_.size() < kMostRanges)
    add(std::move(range));
}

void Reads::add(Range range) {
  if (is_waited_for(range.what))
    return waiting_.push_front(std::move(range));
  const auto behind = range.what == Range::For::recalled
                          ? waiting_.end()
                          : std::ranges::find(waiting_, Range::For::recalled, &Range::what);
  waiting_.insert(behind, std::move(range));
}

bool Reads::wants(RoomId room, Range::For what) const {
  const auto is_meant = [&](const Range& range) {
    return range.room == room && range.what == what;
  };
  return std::ranges::any_of(waiting_, is_meant) ||
         (under_way_ && !is_void_ && is_meant(*under_way_));
}

std::optional<protocol::ReadHistory> Reads::next(const std::function<bool(RoomId)>& may_read) {
  if (under_way_)
    return std::nullopt;
  const auto first = std::ranges::find_if(waiting_, may_read, &Range::room);
  if (first == waiting_.end())
    return std::nullopt;
  under_way_ = std::move(*first);
  is_void_ = false;
  waiting_.erase(first);
  return protocol::ReadHistory{.request = {},
                               .room = under_way_->room,
                               .before = under_way_->before,
                               .count = count_of(*under_way_)};
}

std::optional<Reads::Part> Reads::take(protocol::History page) {
  auto range = refused();
  if (!range)
    return std::nullopt;
  if (range->what == Range::For::recalled)
    range->what = Range::For::missed;
  Part part{*range, {}, true, !page.more};
  if (page.room == range->room)
    part.messages = asked_for(*range, std::move(page.messages));
  if (part.messages.empty())
    return part;
  range->before = part.messages.front().sequence;
  range->most -= part.messages.size();
  part.is_last = !page.more || range->is_empty();
  if (!part.is_last)
    add(std::move(*range));
  return part;
}

std::optional<Range> Reads::refused() {
  auto range = std::exchange(under_way_, std::nullopt);
  return is_void_ ? std::nullopt : range;
}

void Reads::interrupted() {
  if (auto range = refused())
    waiting_.push_front(std::move(*range));
}

void Reads::forget(RoomId room) {
  forget_if([&](const Range& range) { return range.room == room; });
}

void Reads::forget(Range::For what) {
  forget_if([&](const Range& range) { return range.what == what; });
}

void Reads::forget_all() {
  forget_if([](const Range&) { return true; });
}

void Reads::forget_if(const std::function<bool(const Range&)>& is_meant) {
  is_void_ = is_void_ || (under_way_ && is_meant(*under_way_));
  std::erase_if(waiting_, is_meant);
}

}  // namespace chat::client
