#include "tests/simulation/world.hpp"

#include <fmt/format.h>

#include <utility>

namespace chat::sim {
namespace {

// Every fourth has none.
constexpr std::uint8_t identity_of(std::uint32_t person) {
  return person % 4 == 3 ? 0 : static_cast<std::uint8_t>(person + 1);
}

constexpr bool is_former(const Step& step) {
  return step.b == 3;
}

}  // namespace

World::World(const Setting& setting)
    : setting_(setting),
      departures_(setting.most_detached, setting.most_of_address),
      truth_(statistics_, setting.remembered, setting.durable != 0) {
  begin_process(setting.durable != 0 ? disk_.begin() : DurableState{});
  for (std::uint32_t i = 0; i < setting.clients; ++i)
    seats_.push_back({.person = {.address = AddressKey{i % 2},
                                 .number = i,
                                 .wished = fmt::format("c{}", i),
                                 .identity = identity_of(i),
                                 .secret = static_cast<std::uint8_t>(100 + i)}});
  // So that the lobby is there under its number, whatever happens.
  enter(reactors_.front());
}

std::int64_t World::milliseconds() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch()).count();
}

void World::play(const Step& step) {
  if (!play_arrival(step) && !play_request(step) && !play_network(step) && !play_ledger(step) &&
      !play_process(step))
    play_rest(step);
  check_bounds();
}

bool World::play_arrival(const Step& step) {
  Seat& who = seat(step.who);
  switch (step.act) {
    case Act::come:
      come(who, step.a);
      return true;
    case Act::impose:
      connect(who, step.a, Claim::none);
      return true;
    case Act::claim:
      connect(who, step.b, static_cast<Claim>(step.a % static_cast<unsigned>(Claim::kinds)));
      return true;
    case Act::flood:
      flood(who, step.a % 8);
      return true;
    case Act::vanish:
      if (is_former(step) && !who.former.empty())
        vanish_former(who);
      else
        vanish(who);
      return true;
    case Act::hang_up:
      hang_up(who);
      return true;
    default:
      return false;
  }
}

bool World::play_request(const Step& step) {
  if (step.act < Act::say || step.act > Act::junk)
    return false;
  Seat& who = seat(step.who);
  if (!who.link || who.link->hung_up)
    return true;
  Client& client = *who.link->client;
  switch (step.act) {
    case Act::say:
      client.say(step.a, step.b);
      break;
    case Act::repeat:
      client.repeat(step.a, step.b == 3);
      break;
    case Act::whisper: {
      const Person& to = seat(step.a).known();
      client.whisper(to.nickname, step.b % 2 == 0 ? to.user : UserId{}, step.b);
      break;
    }
    case Act::rename:
      client.rename(step.a, step.b % 2 == 1);
      break;
    case Act::join:
      client.join(step.a);
      break;
    case Act::leave:
      client.leave(step.a);
      break;
    case Act::list:
      client.list(step.a);
      break;
    case Act::tell:
      client.tell(step.a, step.b);
      break;
    case Act::read:
      client.read(step.a, step.b == 3, step.b == 1, 1 + step.who % 16);
      break;
    case Act::goodbye:
      client.goodbye();
      break;
    default:
      doom(*who.link);
      client.junk(static_cast<Junk>(step.a % static_cast<unsigned>(Junk::kinds)));
      break;
  }
  return true;
}

bool World::play_network(const Step& step) {
  if (step.act != Act::deliver && step.act != Act::flush)
    return false;
  Seat& who = seat(step.who);
  Link* const link = is_former(step) && !who.former.empty() ? &who.former.front() : who.link.get();
  if (link == nullptr)
    return true;
  if (step.act == Act::deliver)
    deliver(*link, step.a);
  else
    flush(*link, step.a);
  remove_ended(who);
  return true;
}

bool World::play_ledger(const Step& step) {
  switch (step.act) {
    case Act::hold:
      ledger_->hold();
      return true;
    case Act::commit:
      ledger_->commit(step.a % 8);
      return true;
    case Act::release:
      ledger_->release();
      return true;
    case Act::fail:
      ledger_->fail_next();
      return true;
    case Act::mix:
      ledger_->mix(step.a);
      return true;
    case Act::fetch:
      answer(step.a % 8);
      return true;
    default:
      return false;
  }
}

bool World::play_process(const Step& step) {
  switch (step.act) {
    case Act::crash:
      restart(Ending::killed, 0);
      return true;
    case Act::restart:
      restart(Ending::in_order, 0);
      return true;
    case Act::lose:
      restart(Ending::without_power, step.a % 8);
      return true;
    default:
      return false;
  }
}

void World::play_rest(const Step& step) {
  switch (step.act) {
    case Act::enter:
      return enter(reactor(step.who));
    case Act::carry_out:
      return carry_out(reactor(step.who), step.a);
    case Act::round:
      return round(reactor(step.who));
    case Act::crowd:
      return crowd(reactor(step.who));
    case Act::settle:
      return settle();
    case Act::wait:
      now_ += std::chrono::milliseconds(step.a);
      return;
    default:
      std::unreachable();
  }
}

Outcome play(const Script& script) {
  World world(script.setting);
  for (const Step& step : script.steps)
    world.play(step);
  world.end();
  return {world.statistics(), world.digest()};
}

}  // namespace chat::sim
