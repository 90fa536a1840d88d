#include "bench/load/pair_oracle.hpp"

#include <algorithm>
#include <set>

namespace chat::bench {

PairOracle::PairOracle(std::array<std::uint32_t, 2> senders, std::size_t text_bytes)
    : directions_{Direction{.sender = senders[0]}, Direction{.sender = senders[1]}},
      padding_(padding_of(text_bytes)) {}

std::uint32_t PairOracle::send(Side sender) {
  auto& messages = from(sender).messages;
  messages.emplace_back();
  outstanding_ += 2;
  return static_cast<std::uint32_t>(messages.size() - 1);
}

void PairOracle::acknowledge(Side sender, std::uint32_t number, Sequence sequence) {
  auto& messages = from(sender).messages;
  if (number >= messages.size() || messages[number].acknowledged) {
    ++misordered_;
    return;
  }
  messages[number].acknowledged = sequence;
  --outstanding_;
}

std::optional<Instant> PairOracle::deliver(Side receiver, Sequence sequence,
                                           std::string_view text) {
  Direction& direction = from(other(receiver));
  const auto mark = find(direction, text);
  if (!mark) {
    ++foreign_;
    return std::nullopt;
  }
  receive(direction, mark->number, sequence);
  return mark->sent;
}

std::optional<MessageMark> PairOracle::find(const Direction& direction,
                                            std::string_view text) const {
  const auto mark = read_mark(text);
  const bool sent = mark && mark->sender == direction.sender &&
                    mark->number < direction.messages.size() && text.substr(kMarkBytes) == padding_;
  return sent ? mark : std::nullopt;
}

void PairOracle::receive(Direction& direction, std::uint32_t number, Sequence sequence) {
  ++delivered_;
  Message& message = direction.messages[number];
  if (message.received && !message.is_forgotten) {
    ++duplicated_;
    return;
  }
  // A number that is skipped is lost, until it comes late.
  const bool elsewhere = message.received.value_or(sequence) != sequence;
  if (elsewhere || number < direction.next || sequence <= direction.last)
    ++misordered_;
  message.received = sequence;
  message.is_forgotten = false;
  direction.next = std::max(direction.next, number + 1);
  direction.last = std::max(direction.last, sequence);
  --outstanding_;
}

void PairOracle::recall(Side sender, Sequence sequence, std::string_view text) {
  Direction& direction = from(sender);
  const auto mark = find(direction, text);
  if (!mark) {
    ++foreign_;
    return;
  }
  auto& recalled = direction.messages[mark->number].recalled;
  if (recalled.value_or(sequence) != sequence)
    ++duplicated_;
  recalled = sequence;
}

void PairOracle::begin_anew(Side receiver) {
  Direction& direction = from(other(receiver));
  for (std::uint32_t number = 0; number < direction.next; ++number) {
    Message& message = direction.messages[number];
    if (!message.received || message.is_forgotten) {
      ++lost_before_;
      continue;
    }
    message.is_forgotten = true;
    ++outstanding_;
    --delivered_;
  }
  direction.next = 0;
  direction.last = {};
}

// Received elsewhere than acknowledged, or where there cannot be a message or is another one.
std::uint64_t PairOracle::wrongly_numbered() const {
  const std::uint64_t sent = directions_[0].messages.size() + directions_[1].messages.size();
  std::set<Sequence> taken;
  std::uint64_t wrong = 0;
  for (const Direction& direction : directions_)
    for (const Message& message : direction.messages) {
      if (!message.received)
        continue;
      const bool elsewhere =
          message.acknowledged.value_or(*message.received) != *message.received ||
          message.recalled.value_or(*message.received) != *message.received;
      const bool impossible = *message.received == Sequence{} || message.received->value > sent;
      if (!taken.insert(*message.received).second || elsewhere || impossible)
        ++wrong;
    }
  return wrong;
}

Verdict PairOracle::judge() const {
  Verdict verdict;
  for (const Direction& direction : directions_) {
    verdict.sent += direction.messages.size();
    for (const Message& message : direction.messages) {
      verdict.lost += message.received && !message.is_forgotten ? 0 : 1;
      verdict.unacknowledged += message.acknowledged ? 0 : 1;
    }
  }
  verdict.lost += lost_before_;
  verdict.expected = verdict.sent;
  verdict.delivered = delivered_;
  verdict.duplicated = duplicated_;
  verdict.misordered = misordered_ + wrongly_numbered();
  verdict.foreign = foreign_;
  return verdict;
}

}  // namespace chat::bench
