#include "bench/protocols/room_reading.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace chat::bench {

bool RoomReading::may_go_on_with(Sequence next) const {
  const Sequence behind = known_.last() + 1;
  if (kind_ == RoomKind::pair || since_ == Sequence{})
    return next >= behind;
  return next == std::max(behind, since_);
}

void RoomReading::opened(Sequence next, Opened how) {
  // Unnamed, it begins with the last messages, and not where the session may read from.
  if (how == Opened::entered || (how == Opened::named && since_ == Sequence{}))
    since_ = next;
  waiting_.emplace_back(Opening{next});
}

void RoomReading::know(Sequence sequence) {
  if (kind_ == RoomKind::pair)
    known_.add(sequence);
  else
    known_.pass(sequence);
}

const RoomReading::Opening* RoomReading::hole() const {
  if (waiting_.empty() || is_filled_)
    return nullptr;
  const auto* const opening = std::get_if<Opening>(&waiting_.front());
  return opening != nullptr && known_.last() + 1 < opening->next ? opening : nullptr;
}

std::optional<Sequence> RoomReading::wanted() const {
  const Opening* const opening = hole();
  return opening == nullptr ? std::nullopt : std::optional(below_.value_or(opening->next));
}

void RoomReading::fill(protocol::History page) {
  if (hole() == nullptr)
    return;
  is_filled_ = !page.more || page.messages.empty();
  for (protocol::HistoryMessage& message : page.messages | std::views::reverse) {
    below_ = message.sequence;
    if (!known_.has(message.sequence))
      filled_.push_front({message.sequence, message.user, std::move(message.text)});
  }
  is_filled_ = is_filled_ || *below_ <= known_.last() + 1;
}

std::optional<RoomReading::Heard> RoomReading::next() {
  while (hole() == nullptr && !(waiting_.empty() && filled_.empty())) {
    if (filled_.empty() && std::holds_alternative<Opening>(waiting_.front())) {
      waiting_.pop_front();
      below_.reset();
      is_filled_ = false;
      continue;
    }
    Heard heard;
    if (!filled_.empty()) {
      heard = std::move(filled_.front());
      filled_.pop_front();
    } else {
      heard = std::move(std::get<Heard>(waiting_.front()));
      waiting_.pop_front();
    }
    know(heard.sequence);
    return heard;
  }
  return std::nullopt;
}

void RoomReading::lose() {
  waiting_.clear();
  filled_.clear();
  below_.reset();
  is_filled_ = false;
  come_again_ = known_.ahead();
}

}  // namespace chat::bench
