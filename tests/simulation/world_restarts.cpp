// How processes of a simulated server begin and end, where messages are kept.
#include <algorithm>
#include <utility>

#include "tests/simulation/violation.hpp"
#include "tests/simulation/world.hpp"

namespace chat::sim {
namespace {

HubOptions options_of(const Setting& setting, Epoch epoch) {
  HubOptions options;
  options.epoch = epoch;
  options.reactors = setting.reactors;
  options.room_retention_bytes = setting.room_retention;
  options.total_retention_bytes = setting.total_retention;
  options.max_pairs_per_user = static_cast<std::uint16_t>(setting.most_pairs);
  options.fewest_remembered = setting.remembered;
  options.detached.grace = std::chrono::milliseconds(setting.grace_ms);
  options.detached.most = setting.most_detached;
  options.detached.most_per_address = setting.most_of_address;
  options.most_uncommitted_bytes = setting.most_uncommitted;
  return options;
}

}  // namespace

void World::begin_process(const DurableState& state) {
  const bool is_durable = setting_.durable != 0;
  ledger_.emplace(truth_, statistics_, is_durable ? &disk_ : nullptr);
  hub_.emplace(options_of(setting_, Epoch{epoch_}), *ledger_, state, now());
  logs_.emplace(setting_.room_retention, setting_.total_retention);
  for (std::uint16_t i = 0; i < setting_.reactors; ++i)
    reactors_.emplace_back(ReactorId{i}, statistics_, segments_, departures_,
                           is_durable ? &archive_ : nullptr);
  departures_.restored(hub_->detached_sessions());
}

void World::restart(Ending how, std::size_t commits) {
  if (setting_.durable == 0)
    return;
  statistics_.add(how == Ending::killed     ? Seen::crashes
                  : how == Ending::in_order ? Seen::orderly_restarts
                                            : Seen::power_losses);
  if (how == Ending::in_order)
    end_in_order();
  const bool is_whole = how != Ending::without_power && ledger_->is_clean();
  statistics_.add(Seen::batches_lost, ledger_->waiting() - ledger_->untold());
  for (Seat& seated : seats_)
    abandon(seated, is_whole);
  const bool is_told = is_whole && ledger_->untold() == 0;
  reactors_.clear();
  archive_.drop_all();
  hub_.reset();
  ledger_.reset();
  crowd_.clear();
  stranger_ = {};
  if (how == Ending::without_power) {
    ++epoch_;
    statistics_.add(Seen::commits_lost, disk_.lose(commits));
  }
  truth_.restart(disk_.kept(), is_told, how == Ending::without_power);
  for (Seat& seated : seats_)
    forget_lost(seated.person);
  begin_process(disk_.begin());
}

// What was taken is committed and told, and everybody is sent goodbye.
void World::end_in_order() {
  ledger_->release();
  ledger_->fail_no_more();
  const auto is_busy = [this] {
    return hub_->taken_back() < hub_->submitted() ||
           std::ranges::any_of(reactors_, [](const Reactor& one) { return one.has_work(); });
  };
  do {
    for (Reactor& one : reactors_) {
      enter(one);
      one.carry_out();
    }
  } while (is_busy());
  ledger_->finish();
  require(ledger_->is_clean(), "a server ends in order before all is kept");
  for (Reactor& one : reactors_)
    one.say_goodbye();
  for (Reactor& one : reactors_)
    while (flush_all(one)) {
    }
}

// Its connections break. `is_whole`: all that the hub was asked for is kept.
void World::abandon(Seat& who, bool is_whole) {
  if (who.link)
    lose(who);
  who.former.clear();
  who.pending.clear();
  who.untold = nullptr;
  Person& person = who.person;
  person.detached_at.reset();
  person.saw_crash = true;
  if (!is_whole) {
    person.is_doubtful = person.rooms_are_doubtful = true;
    person.said_goodbye = person.has_ended = false;
    person.since.clear();  // an earlier session may be there again
    return;
  }
  // All sessions wait from now on.
  if (is_surely_here(person)) {
    person.here_until = moment(person.address);
    person.detached_at = milliseconds();
  } else {  // its token may name another session that its user has by then
    person.is_doubtful = person.rooms_are_doubtful = true;
    person.has_ended = false;
  }
}

bool World::is_surely_here(const Person& person) const {
  const Moment& since = person.here_until;
  return person.user != UserId{} && !person.is_doubtful && !person.said_goodbye &&
         milliseconds() - since.milliseconds < setting_.grace_ms &&
         !departures_.may_displace(person.address, since.departures);
}

void World::forget_lost(Person& person) const {
  std::erase_if(person.place_of, [&](const auto& known) {
    return truth_.is_lost(known.second.first, known.second.second, known.first);
  });
}

// Questions to the archive, the oldest first.
void World::answer(std::size_t questions) {
  for (; questions > 0 && !archive_.is_idle(); --questions) {
    Archive::Answer answer = archive_.answer_next();
    reactor(answer.reactor.value).take(answer);
  }
}

}  // namespace chat::sim
