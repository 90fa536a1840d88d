// Random scripts, the same in every run: many clients on several reactors do everything they may,
// readers pause, the ledger delays and fails, and each client's view is held to the protocol. When
// all is quiet everybody must agree.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/libchat/client_view.hpp"
#include "tests/libchat/hub_script.hpp"
#include "tests/libchat/random.hpp"

namespace chat::test {
namespace {

class Crowd {
 public:
  Crowd(unsigned seed, HubOptions options) : random_(seed), script_(std::move(options)) {}

  void act() {
    if (views_.empty() || (views_.size() < 12 && random_.one_in(4)))
      return arrive();
    const std::string who = anybody();
    switch (random_.below(14)) {
      case 0:
        return random_.one_in(3) ? depart(who) : void();
      case 1:
        return script_.rename(who, "n" + std::to_string(random_.below(20)));
      case 2:
      case 3:
        return script_.join(who, "r" + std::to_string(random_.below(4)));
      case 4:
        return script_.leave(who, any_room());
      case 5:
      case 6:
        return script_.whisper(who, views_[anybody()].nickname(), text());
      case 7:
        return script_.send(who, protocol::ListMembers{.room = any_room()});
      default:
        return script_.say(who, any_room(), text());
    }
  }

  // One reactor's round, the weather of the ledger, and some who read.
  void step() {
    for (std::size_t i = random_.below(12); i > 0; --i)
      act();
    if (random_.one_in(5))
      script_.ledger().hold();
    if (random_.one_in(2))
      script_.ledger().release();
    if (random_.one_in(15))
      script_.ledger().fail_next();
    script_.advance(std::chrono::milliseconds(random_.below(100)));
    script_.round(ReactorId{static_cast<std::uint16_t>(random_.below(script_.hub().reactors()))});
    for (auto& [name, view] : views_)
      if (random_.one_in(3))
        read(name, view);
  }

  void settle() {
    script_.ledger().release();
    script_.run();
    for (auto& [name, view] : views_)
      read(name, view);
  }

  // Who is in a room agrees on who is there and on what was said, and everybody was answered.
  void check_agreement() {
    std::map<RoomId, std::set<UserId>> readers;
    for (const auto& [name, view] : views_)
      for (const auto& [id, room] : view.rooms())
        if (!room.has_ended)
          readers[id].insert(view.user());
    std::map<RoomId, std::map<UserId, std::string>> lists;
    for (const auto& [name, view] : views_) {
      for (const auto& [id, room] : view.rooms()) {
        if (room.has_ended || !room.has_whole_list)
          continue;
        const auto& members = lists.try_emplace(id, room.members).first->second;
        CHECK(room.members == members);
        CHECK(room.members.at(view.user()) == view.nickname());
        CHECK(room.members.size() == readers[id].size());
      }
    }
    check_history();
  }

  void everybody_leaves() {
    while (!views_.empty())
      depart(views_.begin()->first);
    script_.ledger().release();
    script_.run();
    CHECK(script_.hub().sessions() == 0);
    CHECK(script_.hub().rooms() == 1);
    CHECK(script_.ledger().numbered_rooms() <= 1);
    for (std::uint16_t i = 0; i < script_.hub().reactors(); ++i)
      CHECK(script_.reactor(ReactorId{i}).held_rooms() == 0);
  }

  std::size_t messages_read() const { return history_.size(); }

 private:
  void arrive() {
    const std::string name = "c" + std::to_string(++arrived_);
    const ReactorId reactor{static_cast<std::uint16_t>(random_.below(script_.hub().reactors()))};
    script_.hello(name, reactor);
    views_[name];
  }

  void depart(const std::string& who) {
    script_.depart(who, random_.one_in(2) ? LeaveReason::quit : LeaveReason::lost);
    views_.erase(who);
  }

  void read(const std::string& name, ClientView& view) {
    for (const auto& message : decode_all(script_.bytes_so_far(name)))
      view.take(message);
  }

  void check_history() {
    for (const auto& [name, view] : views_)
      for (const auto& [room, messages] : view.history())
        for (const auto& [sequence, what] : messages)
          CHECK(history_.try_emplace({room, sequence}, what).first->second == what);
  }

  std::string anybody() {
    return std::next(views_.begin(), static_cast<std::ptrdiff_t>(random_.below(views_.size())))
        ->first;
  }

  RoomId any_room() {
    return RoomId{static_cast<std::uint32_t>(random_.one_in(2) ? 1 : 1 + random_.below(12))};
  }

  std::string text() {
    return std::string(1 + random_.below(random_.one_in(10) ? 4000 : 40), 'x') +
           std::to_string(++said_);
  }

  Random random_;
  HubScript script_;
  std::map<std::string, ClientView> views_;
  std::map<std::pair<RoomId, Sequence>, std::string> history_;
  int arrived_ = 0;
  int said_ = 0;
};

void play(unsigned seed, const HubOptions& options) {
  CAPTURE(seed);
  Crowd crowd(seed, options);
  for (int i = 0; i < 150; ++i) {
    crowd.step();
    if (i % 30 == 29) {
      crowd.settle();
      crowd.check_agreement();
    }
  }
  CHECK(crowd.messages_read() > 50);
  crowd.everybody_leaves();
}

TEST_CASE("whatever a crowd does on one reactor, everybody sees the same") {
  for (unsigned seed = 0; seed < 40; ++seed)
    play(seed, {.reactors = 1});
}

TEST_CASE("whatever a crowd does on three reactors, everybody sees the same") {
  for (unsigned seed = 100; seed < 140; ++seed)
    play(seed, {.reactors = 3});
}

TEST_CASE("whatever a crowd does with little memory for logs, nothing is missed silently") {
  for (unsigned seed = 200; seed < 240; ++seed)
    play(seed, {.reactors = 2, .room_retention_bytes = 2048, .total_retention_bytes = 16 * 1024});
}

}  // namespace
}  // namespace chat::test
