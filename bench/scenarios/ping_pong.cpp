#include "bench/scenarios/ping_pong.hpp"

#include <cassert>
#include <utility>

namespace chat::bench {

PingPong::PingPong(std::uint32_t pairs, std::size_t text_bytes)
    : padding_(padding_of(text_bytes)), pairs_(pairs) {}

MessageMark PingPong::send(ClientIndex client, Instant now) {
  Pair& pair = pairs_[client / 2];
  assert(pair.sent % 2 == member(client));
  pair.last_sent[member(client)] = now;
  ++sent_;
  return {client, pair.sent++, now};
}

std::optional<MessageMark> PingPong::recognise(ClientIndex client, std::string_view text) const {
  const auto mark = read_mark(text);
  if (!mark || text.substr(kMarkBytes) != padding_ || mark->sender / 2 != client / 2)
    return std::nullopt;
  const bool was_sent = mark->number < pairs_[client / 2].sent;
  return was_sent && mark->number % 2 == member(mark->sender) ? mark : std::nullopt;
}

std::optional<PingPong::Arrival> PingPong::deliver(ClientIndex client, Sequence sequence,
                                                   std::string_view text, Instant at) {
  const auto mark = recognise(client, text);
  if (!mark) {
    ++foreign_;
    return std::nullopt;
  }
  if (sequence != sequence_of(mark->number))
    ++misordered_;
  Pair& pair = pairs_[client / 2];
  if (mark->sender == client) {
    if (advance(pair.echoed[member(client)], mark->number))
      ++echoed_;
    return std::nullopt;
  }
  // The next one is only sent when this one has come, so an earlier one comes again.
  if (mark->number != pair.received) {
    ++duplicated_;
    return std::nullopt;
  }
  ++pair.received;
  ++received_;
  Arrival arrival{at - mark->sent, {}};
  if (mark->number > 0)
    arrival.round_trip = at - pair.last_sent[member(client)];
  return arrival;
}

void PingPong::acknowledge(ClientIndex client, std::uint32_t number, Sequence sequence) {
  Pair& pair = pairs_[client / 2];
  const bool own = number < pair.sent && number % 2 == member(client);
  if (!own || sequence != sequence_of(number)) {
    ++misordered_;
    return;
  }
  std::uint32_t& next = pair.acknowledged[member(client)];
  if (number != next)
    ++misordered_;
  if (number < next)
    return;
  next = number + 2;
  ++acknowledged_;
}

bool PingPong::advance(std::uint32_t& next, std::uint32_t number) {
  if (number < next) {
    ++duplicated_;
    return false;
  }
  next = number + 2;
  return true;
}

std::uint64_t PingPong::outstanding() const {
  const std::uint64_t echoes = echoed_ > 0 ? sent_ - echoed_ : 0;
  return (sent_ - received_) + echoes + (sent_ - acknowledged_);
}

Verdict PingPong::judge() const {
  const std::uint64_t copies = echoed_ > 0 ? 2 : 1;
  Verdict verdict;
  verdict.sent = sent_;
  verdict.expected = sent_ * copies;
  verdict.delivered = received_ + echoed_ + duplicated_;
  verdict.lost = verdict.expected - received_ - echoed_;
  verdict.duplicated = duplicated_;
  verdict.misordered = misordered_;
  verdict.foreign = foreign_;
  verdict.unacknowledged = sent_ - acknowledged_;
  return verdict;
}

}  // namespace chat::bench
