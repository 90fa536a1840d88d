#include "libchat/connection_table.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/libchat/random.hpp"

namespace chat {
namespace {

using Table = ConnectionTable<std::string>;

TEST_CASE("a handle finds its object") {
  Table table;
  const auto a = table.emplace("a");
  const auto b = table.emplace("b");
  CHECK(*table.find(a) == "a");
  CHECK(*table.find(b) == "b");
  CHECK(table.size() == 2);
}

TEST_CASE("a handle that names nothing finds nothing") {
  Table table;
  table.emplace("a");
  CHECK(table.find({}) == nullptr);
  CHECK(table.find({7, 1}) == nullptr);
  CHECK_FALSE(ConnectionId{});
}

TEST_CASE("a handle finds nothing once its object is erased, nor when the slot is used again") {
  Table table;
  const auto old = table.emplace("old");
  table.erase(old);
  CHECK(table.find(old) == nullptr);
  CHECK(table.size() == 0);
  const auto fresh = table.emplace("fresh");
  CHECK(fresh.slot == old.slot);
  CHECK(table.find(old) == nullptr);
  CHECK(*table.find(fresh) == "fresh");
}

TEST_CASE("objects stay where they are while others come and go") {
  Table table;
  const auto first = table.emplace("first");
  const std::string* const place = table.find(first);
  std::vector<ConnectionId> others;
  for (int i = 0; i < 1000; ++i)
    others.push_back(table.emplace("other"));
  for (const auto id : others)
    table.erase(id);
  CHECK(table.find(first) == place);
}

TEST_CASE("an object is destroyed when it is erased") {
  ConnectionTable<std::shared_ptr<int>> table;
  const auto object = std::make_shared<int>(1);
  const auto id = table.emplace(object);
  CHECK(object.use_count() == 2);
  table.erase(id);
  CHECK(object.use_count() == 1);
}

TEST_CASE("visiting each object may erase the one that is visited") {
  Table table;
  std::vector<ConnectionId> ids;
  for (int i = 0; i < 10; ++i)
    ids.push_back(table.emplace(std::to_string(i)));
  std::string visited;
  table.for_each([&](ConnectionId id, const std::string& object) {
    visited += object;
    if (object != "3")
      table.erase(id);
  });
  CHECK(visited == "0123456789");
  CHECK(table.size() == 1);
  CHECK(*table.find(ids[3]) == "3");
}

TEST_CASE("generations leave out the one of handles that name nothing") {
  static_assert(next_generation(1) == 2);
  static_assert(next_generation(std::numeric_limits<std::uint32_t>::max()) == 1);
}

TEST_CASE("under any coming and going each live handle finds its object, and no other does") {
  test::Random random(1);
  ConnectionTable<int> table;
  std::map<ConnectionId, int> live;
  std::vector<ConnectionId> dead;
  for (int i = 0; i < 5000; ++i) {
    if (live.empty() || random.below(5) < 3) {
      live[table.emplace(i)] = i;
    } else {
      const auto victim = std::next(live.begin(), static_cast<int>(random.below(live.size())));
      table.erase(victim->first);
      dead.push_back(victim->first);
      live.erase(victim);
    }
  }
  CHECK(table.size() == live.size());
  for (const auto& [id, value] : live)
    CHECK(*table.find(id) == value);
  for (const auto id : dead)
    CHECK(table.find(id) == nullptr);
}

}  // namespace
}  // namespace chat
