#include "bench/load/oracle.hpp"

#include <algorithm>
#include <cassert>

namespace chat::bench {

Oracle::Oracle(std::uint32_t clients, std::uint32_t senders, std::size_t text_bytes)
    : own_counts_(senders),
      room_{.members = clients, .sent = own_counts_},
      padding_(padding_of(text_bytes)),
      next_(clients),
      acknowledged_(senders) {}

Oracle::Oracle(const RoomShare& room, std::size_t text_bytes)
    : room_(room),
      padding_(padding_of(text_bytes)),
      next_(room.listeners()),
      acknowledged_(room.sent.size()) {}

std::uint32_t Oracle::send(ClientIndex sender) {
  assert(room_.has_sender(sender));
  acknowledged_[sender].emplace_back();
  ++sent_here_;
  const std::uint32_t number = room_.sent[sender].fetch_add(1);
  make_places();
  return number;
}

void Oracle::make_places() {
  messages_.resize(room_.sent_in_all());
}

void Oracle::acknowledge(ClientIndex sender, std::uint32_t number, Sequence sequence) {
  if (sender >= acknowledged_.size() || number >= acknowledged_[sender].size()) {
    ++misplaced_;
    return;
  }
  auto& place = acknowledged_[sender][number];
  if (place)
    ++misplaced_;
  else
    ++acknowledgements_;
  place = sequence.value - kFirst.value;
}

std::uint64_t Oracle::outstanding() const {
  const std::uint64_t first_deliveries = delivered_ - duplicated_;
  return sent() * next_.size() - first_deliveries + sent_here_ - acknowledgements_;
}

bool Oracle::learn(Message& message, std::string_view text) {
  const auto mark = read_mark(text);
  if (!mark || !room_.was_sent(*mark))
    return false;
  std::copy_n(text.begin(), kMarkBytes, message.mark.begin());
  message.sent = mark->sent;
  message.sender = mark->sender - room_.first_sender;
  message.number = mark->number;
  message.known = true;
  return true;
}

std::optional<Instant> Oracle::deliver_odd(ClientIndex client, std::uint64_t place,
                                           std::string_view text) {
  if (place >= messages_.size()) {
    make_places();
    if (place < messages_.size())
      return deliver(client, kFirst + place, text);
  }
  everybody_has_it_ = false;
  const auto mark = is_well_formed(text) ? read_mark(text) : std::nullopt;
  if (!mark || !room_.was_sent(*mark) || place >= messages_.size()) {
    ++foreign_;
    if (place < messages_.size() && fill(client, place))
      ++oddities_[client].foreign;
    return std::nullopt;
  }
  ++misplaced_;
  count(client, place);
  return mark->sent;
}

bool Oracle::fill_oddly(ClientIndex client, std::uint64_t place) {
  auto& missing = oddities_[client].missing;
  std::uint64_t& next = next_[client];
  if (place > next) {
    for (; next < place; ++next)
      missing.insert(missing.end(), next);
    ++next;
    return true;
  }
  const bool late = missing.erase(place) > 0;
  if (late)
    ++late_;
  return late;
}

void Oracle::miss(ClientIndex client, Sequence from, Sequence to) {
  std::uint64_t& next = next_[client];
  if (from != kFirst + next || to < from || to.value > messages_.size()) {
    ++misplaced_;
    return;
  }
  const std::uint64_t end = to.value - kFirst.value + 1;
  delivered_ += end - next;
  next = end;
}

void Oracle::begin_anew(ClientIndex client) {
  const auto odd = oddities_.find(client);
  const std::uint64_t missing = odd == oddities_.end() ? 0 : odd->second.missing.size();
  const std::uint64_t received = received_by(client);
  lost_before_ += missing;
  delivered_ -= received;
  next_[client] = 0;
  oddities_.erase(client);
}

std::uint64_t Oracle::received_by(ClientIndex client) const {
  const auto odd = oddities_.find(client);
  if (odd == oddities_.end())
    return next_[client];
  const std::uint64_t not_received = odd->second.missing.size() + odd->second.foreign;
  return next_[client] - std::min(next_[client], not_received);
}

Oracle::Places Oracle::compare_places() const {
  std::vector<std::vector<bool>> published(acknowledged_.size());
  Places places;
  for (const Message& message : messages_) {
    if (!message.known)
      continue;
    // As long as the highest number. A number that is skipped is lost, not out of order.
    std::vector<bool>& numbers = published[message.sender];
    if (message.number >= numbers.size())
      numbers.resize(message.number + 1);
    else if (numbers[message.number])
      places.again += message.deliveries;
    else
      ++places.out_of_order;
    numbers[message.number] = true;
  }
  return places;
}

std::uint64_t Oracle::wrongly_acknowledged() const {
  std::uint64_t wrong = 0;
  for (ClientIndex sender = 0; sender < acknowledged_.size(); ++sender) {
    for (std::uint32_t number = 0; number < acknowledged_[sender].size(); ++number) {
      const auto place = acknowledged_[sender][number];
      if (!place)
        continue;
      if (*place >= messages_.size())
        ++wrong;
      else if (const Message& there = messages_[*place];
               there.known && (there.sender != sender || there.number != number))
        ++wrong;
    }
  }
  return wrong;
}

Verdict Oracle::judge() const {
  Verdict verdict;
  verdict.sent = sent_here_;
  verdict.expected = sent() * next_.size();
  verdict.delivered = delivered_;
  for (ClientIndex client = 0; client < next_.size(); ++client)
    verdict.lost += sent() - received_by(client);
  verdict.lost += lost_before_;
  const Places places = compare_places();
  verdict.duplicated = duplicated_ + places.again;
  verdict.misordered = late_ + misplaced_ + places.out_of_order + wrongly_acknowledged();
  verdict.foreign = foreign_;
  verdict.unacknowledged = sent_here_ - acknowledgements_;
  return verdict;
}

}  // namespace chat::bench
