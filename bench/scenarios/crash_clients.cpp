// The clients of the scenario "crash": what they say and hear, and what happens to them.
#include <utility>

#include "bench/scenarios/crash.hpp"

namespace chat::bench {
namespace {

// Until a client comes again that came too early: about as long as a server needs to notice that a
// connection is gone.
constexpr Duration kSoon = std::chrono::milliseconds(20);

}  // namespace

// --- talking ------------------------------------------------------------------------------------

void Crash::talk(Instant now) {
  while (const auto due = talk_pacing_ ? talk_pacing_->due(now, turns_.said(), 0) : std::nullopt) {
    const auto sender = turns_.next();
    if (!sender)
      return;
    say(*sender, conversations_.compose(*sender, talk_dice_, *due));
  }
}

void Crash::say(ClientIndex sender, const Conversations::Line& line) {
  turns_.said(sender);
  dialect_->say_in(sender, line.place, line.number, line.text);
}

// A client that has a new session is not in its pair until one of the two whispers.
void Crash::say_last_words() {
  for (ClientIndex client = 0; client < options_.senders; ++client)
    if (conversations_.has_partner(client))
      say(client, conversations_.compose_whisper(client, Clock::now()));
}

void Crash::heard(ClientIndex client, Place place, Sequence sequence, std::string_view text) {
  conversations_.deliver(client, place, sequence, text);
}

void Crash::recalled(ClientIndex client, Sequence sequence, std::string_view text) {
  conversations_.recall(client, sequence, text);
}

void Crash::acknowledged(ClientIndex client, Place place, std::uint32_t number, Sequence sequence) {
  turns_.acknowledged(client);
  conversations_.acknowledge(client, place, number, sequence);
}

void Crash::missed(ClientIndex, Place, Sequence, Sequence) {
  ++result_.gaps;
}

// --- breaking -----------------------------------------------------------------------------------

void Crash::say_much(ClientIndex client, Dice& dice) {
  for (std::uint64_t count = dice.below(turns_.may_say(client) + 1U); count > 0; --count)
    say(client, conversations_.compose(client, dice, Clock::now()));
}

void Crash::kill_clients_due(Instant now) {
  while (kill_pacing_ && kill_pacing_->due(now, result_.killed, 0)) {
    const auto client = static_cast<ClientIndex>(dice_.below(options_.clients));
    if (!crowd_.is_open(client))
      return;
    replace(client);
  }
}

// Now and then a client was killed before it had written down its token.
void Crash::replace(ClientIndex client) {
  constexpr std::uint64_t kWithoutTokenOneIn = 4;
  ++result_.killed;
  // What its system does with the connection depends on whether there was something left to read.
  if (dice_.one_in(2))
    crowd_.drop(client);
  else
    crowd_.reset(client, dice_.below(crowd_.queued(client) + 1));
  dialect_->replace(client, !dice_.one_in(kWithoutTokenOneIn));
  conversations_.begin_anew(client);
  note_away(client, breaker_.time_away(options_.away));
}

void Crash::broke(ClientIndex client) {
  ++result_.resets;
  note_away(client, breaker_.time_away(options_.away));
}

void Crash::note_away(ClientIndex client, Duration away) {
  members_[client].is_here = false;
  breaker_.ended(client);
  away_.add(client, Clock::now() + away);
}

// Whoever had a connection to a server that was killed.
bool Crash::has_lost_connection(ClientIndex client) {
  note_away(client, Duration::zero());
  return !is_serving_ || members_[client].server < servers_;
}

void Crash::came_too_early(ClientIndex client) {
  ++result_.too_early;
  crowd_.reset(client, 0);
  note_away(client, kSoon);
}

void Crash::bring_back(Instant now) {
  while (const auto client = is_serving_ ? away_.take_due(now) : std::nullopt) {
    members_[*client].server = servers_;
    if (const auto begun = crowd_.reconnect(*client); !begun)
      failure_ = begun.error();
  }
}

void Crash::back(ClientIndex client, const Return& how) {
  Member& member = members_[client];
  ++(how.resumed ? result_.resumed : result_.fresh);
  result_.repeated += how.repeated;
  member.is_here = true;
  if (std::exchange(member.back, servers_) == servers_)
    return;
  if (++are_back_ == options_.clients)
    result_.all_back.record(how.at - server_.started());
}

}  // namespace chat::bench
