// A terminal that changes its size all the time while others say as much as they can.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/client/end_to_end.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;
namespace fs = std::filesystem;
namespace protocol = chat::protocol;

namespace {

constexpr int kResizes = 500;
constexpr int kMessagesEach = 20;
constexpr std::string_view kText = "日本語 number ";

// In one piece, as from somebody who does not wait for an answer.
void say_many(Peer& peer, int first, int count) {
  chat::Bytes bytes;
  for (int i = first; i < first + count; ++i)
    chat::append(bytes,
                 protocol::encode(protocol::Say{.request = {1},
                                                .room = peer.lobby(),
                                                .id = peer.message_id(),
                                                .text = std::string(kText) + std::to_string(i)}));
  peer.send_bytes(bytes);
}

// The numbers of what was said, in the order of a log.
std::vector<int> logged(const fs::path& log) {
  const std::string before = "<Bert> " + std::string(kText);
  std::vector<int> numbers;
  std::ifstream file(log);
  for (std::string line; std::getline(file, line);)
    if (const auto at = line.find(before); at != line.npos)
      numbers.push_back(std::stoi(line.substr(at + before.size())));
  return numbers;
}

std::vector<int> all_numbers() {
  std::vector<int> numbers(kResizes * kMessagesEach);
  for (int i = 0; i < static_cast<int>(numbers.size()); ++i)
    numbers[static_cast<std::size_t>(i)] = i;
  return numbers;
}

}  // namespace

TEST_CASE("a storm of sizes, messages and keys: the picture is right, and nothing is lost") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "client.toml") << "log = true\n";
  ServerProcess server({"--durability", "process"});
  PtyProgram ann({client_program(), server.address(), "--nick", "Ann", "--config",
                  (folder.path() / "client.toml").string()},
                 100, 10, folder.path());
  REQUIRE(ann.shows("→ Ann joined"));
  Peer bert = Peer::named(server.port(), "Bert");
  REQUIRE(ann.shows("→ Bert joined"));
  std::mt19937 random(1);
  std::string typed;
  for (int i = 0; i < kResizes; ++i) {
    ann.resize(1 + static_cast<int>(random() % 130), 1 + static_cast<int>(random() % 50));
    say_many(bert, i * kMessagesEach, kMessagesEach);
    const std::string key(1, static_cast<char>('a' + i % 26));
    ann.type(key);
    typed += key;
    ann.read_until([] { return false; }, Deadline(milliseconds(i % 4)));
    if (i % 50 == 49)
      bert.settle();
  }
  ann.resize(100, 10);
  const std::string expected = R"(
 lobby · 2 people · 127.0.0.1:PORT#
1 lobby          │ HH:MM <Bert> 日本語 number 9995                              │ 2 people
                 │ HH:MM <Bert> 日本語 number 9996                              │ Ann
                 │ HH:MM <Bert> 日本語 number 9997                              │ Bert
                 │ HH:MM <Bert> 日本語 number 9998                              │
                 │ HH:MM <Bert> 日本語 number 9999                              │
 Ann · /help explains the commands
)" + typed.substr(297, 99) + "\n" +
                               typed.substr(396, 99) + "\n" + typed.substr(495) + "\n";
  CHECK(picture_like(ann, expected) == expected);
  ann.type("\r");
  REQUIRE(ann.shows("\n Ann · /help explains the commands\n\n"));
  std::string said;
  do
    said = bert.expect_text();
  while (said.starts_with(kText));
  CHECK(said == typed);
  ann.type("/quit\r");
  CHECK(ann.wait_for_exit() == 0);
  CHECK(logged(folder.path() / "edgechat/logs" / server.address() / "lobby.log") == all_numbers());
}
