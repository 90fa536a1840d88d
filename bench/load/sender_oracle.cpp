#include "bench/load/sender_oracle.hpp"

#include <algorithm>
#include <cassert>

namespace chat::bench {

SenderOracle::SenderOracle(const RoomShare& room, std::size_t text_bytes, bool echoes)
    : room_(room),
      text_bytes_(text_bytes),
      padding_(padding_of(text_bytes)),
      echoes_(echoes),
      messages_(room.sent.size()),
      next_(room.listeners() * room.sent.size()),
      seen_(room.listeners()) {
  // The number that an own message, which must not come, never has.
  constexpr std::uint32_t kNever = 0xFFFFFFFF;
  for (ClientIndex listener = 0; listener < room_.listeners(); ++listener)
    if (!echoes_ && room_.member(listener) < room_.sent.size())
      next_of(listener, room_.member(listener)) = kNever;
}

std::uint32_t SenderOracle::send(ClientIndex sender) {
  assert(room_.has_sender(sender));
  ++sent_here_;
  return room_.sent[sender].fetch_add(1);
}

std::uint64_t SenderOracle::seen(ClientIndex listener) const {
  const std::uint32_t sender = room_.member(listener);
  const bool own_count = !echoes_ && sender < room_.sent.size();
  return seen_[listener] + (own_count ? room_.sent[sender].load() : 0);
}

std::optional<Instant> SenderOracle::deliver_foreign() {
  ++foreign_;
  everybody_has_it_ = false;
  return std::nullopt;
}

std::optional<Instant> SenderOracle::deliver_odd(ClientIndex listener, std::string_view text) {
  const auto mark = read_mark(text);
  Message* const message = mark ? message_of(*mark, text) : nullptr;
  if (message == nullptr)
    return deliver_foreign();
  const std::uint32_t sender = mark->sender - room_.first_sender;
  everybody_has_it_ =
      count(listener, sender, mark->number) && ++message->deliveries == must_get(sender);
  return message->sent;
}

SenderOracle::Message* SenderOracle::message_of(const MessageMark& mark, std::string_view text) {
  if (!room_.was_sent(mark) || text.size() != text_bytes_ || text.substr(kMarkBytes) != padding_)
    return nullptr;
  auto& messages = messages_[mark.sender - room_.first_sender];
  if (mark.number >= messages.size())
    messages.resize(mark.number + 1);
  Message& message = messages[mark.number];
  if (!message.known) {
    std::copy_n(text.begin(), kMarkBytes, message.mark.begin());
    message.sent = mark.sent;
    message.known = true;
  }
  return is_message(message, text) ? &message : nullptr;
}

bool SenderOracle::count(ClientIndex listener, std::uint32_t sender, std::uint32_t number) {
  ++delivered_;
  std::uint32_t& next = next_of(listener, sender);
  if (!is_own(listener, sender) && number >= next) {
    seen_[listener] += number - next + 1;
    for (; next < number; ++next)
      missing_[listener].insert({sender, next});
    ++next;
    return true;
  }
  const auto missing = missing_.find(listener);
  const bool late = missing != missing_.end() && missing->second.erase({sender, number}) > 0;
  ++(late ? late_ : duplicated_);
  return late;
}

bool SenderOracle::is_own(ClientIndex listener, std::uint32_t sender) const {
  return !echoes_ && room_.member(listener) == sender;
}

std::uint64_t SenderOracle::expected() const {
  return sent() * seen_.size() - (echoes_ ? 0 : sent_here_);
}

std::uint64_t SenderOracle::lost_by(ClientIndex listener) const {
  const auto missing = missing_.find(listener);
  std::uint64_t lost = missing == missing_.end() ? 0 : missing->second.size();
  for (std::uint32_t sender = 0; sender < messages_.size(); ++sender)
    if (!is_own(listener, sender))
      lost += room_.sent[sender].load() - next_[listener * messages_.size() + sender];
  return lost;
}

Verdict SenderOracle::judge() const {
  Verdict verdict;
  verdict.sent = sent_here_;
  verdict.expected = expected();
  verdict.delivered = delivered_;
  for (ClientIndex listener = 0; listener < seen_.size(); ++listener)
    verdict.lost += lost_by(listener);
  verdict.duplicated = duplicated_;
  verdict.misordered = late_;
  verdict.foreign = foreign_;
  return verdict;
}

}  // namespace chat::bench
