#include "tests/simulation/script.hpp"

#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <utility>

namespace chat::sim {
namespace {

struct Weight {
  Act act;
  unsigned weight;  // how often it happens
};

constexpr std::array kWeights = {
    Weight{Act::come, 20},    Weight{Act::impose, 2},  Weight{Act::claim, 4},
    Weight{Act::flood, 1},    Weight{Act::say, 30},    Weight{Act::repeat, 9},
    Weight{Act::whisper, 14}, Weight{Act::rename, 4},  Weight{Act::join, 8},
    Weight{Act::leave, 6},    Weight{Act::list, 1},    Weight{Act::tell, 9},
    Weight{Act::read, 2},     Weight{Act::goodbye, 2}, Weight{Act::junk, 2},
    Weight{Act::vanish, 6},   Weight{Act::hang_up, 2}, Weight{Act::deliver, 12},
    Weight{Act::flush, 25},   Weight{Act::enter, 12},  Weight{Act::carry_out, 8},
    Weight{Act::round, 12},   Weight{Act::hold, 3},    Weight{Act::commit, 5},
    Weight{Act::release, 3},  Weight{Act::fail, 1},    Weight{Act::crowd, 2},
    Weight{Act::settle, 1},   Weight{Act::wait, 5},
};

constexpr std::array kDurableWeights = {
    Weight{Act::fetch, 12},  Weight{Act::mix, 2},  Weight{Act::crash, 4},
    Weight{Act::restart, 1}, Weight{Act::lose, 1},
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(engine_() % end); }
  // Mostly small, sometimes up to `end` - 1.
  std::uint32_t skewed(std::uint32_t end) { return below(1 + below(end)); }
  template <std::size_t N>
  std::uint32_t one_of(const std::array<std::uint32_t, N>& values) {
    return values[below(N)];
  }

 private:
  std::mt19937_64 engine_;  // the same sequence with every standard library
};

Act any_act(Dice& dice, std::span<const Weight> weights) {
  unsigned sum = 0;
  for (const Weight& one : weights)
    sum += one.weight;
  unsigned at = dice.below(sum);
  for (const Weight& one : weights) {
    if (at < one.weight)
      return one.act;
    at -= one.weight;
  }
  std::unreachable();
}

// Of a server that keeps messages, some.
Act any_act(Dice& dice, bool is_durable) {
  return is_durable && dice.below(10) == 0 ? any_act(dice, kDurableWeights)
                                           : any_act(dice, kWeights);
}

// Of what the hub wants done: mostly all.
std::uint32_t any_events(Dice& dice) {
  return dice.below(3) > 0 ? 0 : 1 + dice.below(6);
}

// How many bytes travel at once: single ones, whole frames, or all there is.
std::uint32_t any_bytes(Dice& dice) {
  switch (dice.below(4)) {
    case 0:
      return 1 + dice.below(8);
    case 1:
      return 1 + dice.below(300);
    default:
      return 1 << 20;
  }
}

// How long a text is: mostly a few words.
std::uint32_t any_text(Dice& dice) {
  return dice.below(10) == 0 ? dice.below(4096) : dice.below(60);
}

Step any_step(Dice& dice, bool is_durable) {
  Step step{.act = any_act(dice, is_durable),
            .who = dice.below(64),
            .a = dice.below(64),
            .b = dice.below(4)};
  switch (step.act) {
    case Act::deliver:
    case Act::flush:
      step.a = any_bytes(dice);
      break;
    case Act::wait:
      step.a = dice.one_of(
          std::array<std::uint32_t, 7>{100, 300, 3'000, 11'000, 11'000, 50'000, 130'000});
      break;
    case Act::say:
    case Act::whisper:
      step.b = any_text(dice);
      break;
    case Act::carry_out:
      step.a = any_events(dice);
      break;
    case Act::flood:
      step.a = 1 + dice.below(dice.below(4) == 0 ? 7 : 2);
      break;
    case Act::repeat:
      step.a = dice.skewed(16);
      break;
    default:
      break;
  }
  return step;
}

Setting any_setting(Dice& dice) {
  return {
      .reactors = 1 + dice.below(4),
      .clients = 2 + dice.below(7),
      .room_retention = dice.one_of(std::array<std::uint32_t, 4>{128, 1'024, 8'192, 1 << 20}),
      .total_retention = dice.one_of(std::array<std::uint32_t, 4>{1'024, 8'192, 1 << 22, 1 << 22}),
      .grace_ms = dice.one_of(std::array<std::uint32_t, 4>{0, 5'000, 120'000, 120'000}),
      .most_detached = dice.one_of(std::array<std::uint32_t, 4>{1, 3, 1'000, 1'000}),
      .most_pairs = dice.one_of(std::array<std::uint32_t, 3>{1, 3, 100}),
      .crowd = dice.below(32) == 0 ? 500 + dice.below(8) : 0,
      .most_of_address = dice.one_of(std::array<std::uint32_t, 4>{1, 2, 1'000, 1'000}),
      .remembered = dice.one_of(std::array<std::uint32_t, 3>{4, 8, 256}),
      .durable = dice.below(2),
      .most_uncommitted = dice.one_of(std::array<std::uint32_t, 3>{1'000, 1 << 24, 1 << 24}),
  };
}

// Steps, each likely to be followed by those that carry it on: else most of them would lead
// nowhere.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : dice_(seed) {
    script_.setting = any_setting(dice_);
    reactor_of_.resize(script_.setting.clients);
  }

  Script make() {
    const std::size_t length = 50 + dice_.below(850);
    // Somebody is there to begin with.
    for (std::uint32_t i = 0; i < script_.setting.clients; i += 2)
      follow({.act = Act::come, .who = i, .a = dice_.below(4), .b = 0});
    while (script_.steps.size() < length)
      follow(any_step(dice_, script_.setting.durable != 0));
    return script_;
  }

 private:
  void add(Act act, std::uint32_t who, std::uint32_t a) {
    script_.steps.push_back({.act = act, .who = who, .a = a, .b = dice_.below(4)});
  }

  // Who comes is mostly heard and answered.
  void arrive(const Step& step, std::uint32_t reactor) {
    reactor_of_[step.who % reactor_of_.size()] = reactor;
    if (dice_.below(10) < 3)
      return;
    script_.steps.push_back({.act = Act::deliver, .who = step.who, .a = 1 << 20, .b = 0});
    add(Act::enter, reactor, 0);
    add(Act::carry_out, reactor, any_events(dice_));
    script_.steps.push_back({.act = Act::flush, .who = step.who, .a = 1 << 20, .b = 0});
  }

  // Most of them, and they say again what may be lost.
  void come_back() {
    for (std::uint32_t i = 0; i < script_.setting.clients; ++i) {
      if (dice_.below(4) == 0)
        continue;
      const Step come{.act = Act::come, .who = i, .a = dice_.below(4), .b = 0};
      script_.steps.push_back(come);
      arrive(come, come.a);
      if (dice_.below(2) == 0)
        follow({.act = Act::repeat, .who = i, .a = dice_.below(3), .b = dice_.below(4)});
    }
  }

  void follow(const Step& step) {
    script_.steps.push_back(step);
    if (step.act == Act::come || step.act == Act::impose)
      return arrive(step, step.a);
    if (step.act == Act::claim)
      return arrive(step, step.b);
    if (step.act == Act::crash || step.act == Act::restart || step.act == Act::lose)
      return come_back();
    if (step.act > Act::junk || dice_.below(10) < 3)
      return;
    if (step.act == Act::leave && dice_.below(3) == 0)  // perhaps back at once, in the same round
      add(Act::join, step.who, dice_.below(4));
    add(Act::deliver, step.who, any_bytes(dice_));
    if (dice_.below(10) < 4)
      return;
    const std::uint32_t reactor = reactor_of_[step.who % reactor_of_.size()];
    add(Act::enter, reactor, 0);
    if (dice_.below(10) < 3)
      return;
    add(Act::carry_out, reactor, any_events(dice_));
    for (std::uint32_t i = dice_.below(4); i > 0; --i)
      add(Act::flush, dice_.below(3) == 0 ? dice_.below(64) : step.who, any_bytes(dice_));
  }

  Dice dice_;
  Script script_;
  std::vector<std::uint32_t> reactor_of_;  // by client, of its latest connection
};

}  // namespace

Script make_script(std::uint64_t seed) {
  return Generator(seed).make();
}

}  // namespace chat::sim
