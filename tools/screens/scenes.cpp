#include "tools/screens/scenes.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstddef>
#include <regex>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "tests/client/end_to_end.hpp"
#include "tests/support/server_process.hpp"
#include "tools/screens/svg.hpp"

namespace chat::screens {
namespace {

using test::PtyProgram;
using test::ServerProcess;

void wait_for(PtyProgram& client, std::string_view text) {
  if (!client.shows(text))
    throw std::runtime_error(fmt::format("'{}' is not shown:\n{}", text, client.screen()));
}

// A row of ASCII in place of what matches, which is as long.
void replace(std::vector<PtyProgram::DrawnCell>& row, const std::regex& pattern,
             std::string_view with) {
  std::string ascii;
  for (const auto& cell : row)
    ascii += cell.text.size() == 1 ? cell.text : "\x7F";
  for (std::sregex_iterator it(ascii.begin(), ascii.end(), pattern), end; it != end; ++it)
    for (std::size_t i = 0; i < with.size() && i < static_cast<std::size_t>(it->length()); ++i)
      row[static_cast<std::size_t>(it->position()) + i].text = with[i];
}

// The same in every run: the time of day, the port, and how long it is to the next try.
Cells settled(Cells cells) {
  static const std::regex kTime("[0-2][0-9]:[0-5][0-9](?= )");
  static const std::regex kAddress("127\\.0\\.0\\.1:[0-9]{5}");
  static const std::regex kWait("in [0-9] s");
  for (auto& row : cells) {
    replace(row, kTime, "12:03");
    replace(row, kAddress, "chat.local:1338");
    replace(row, kWait, "in 2 s");
  }
  return cells;
}

std::string text_of(const Cells& cells) {
  std::string all;
  for (const auto& row : cells) {
    std::string text;
    for (const auto& cell : row)
      text += cell.text;
    text.erase(text.find_last_not_of(' ') + 1);
    all += text + "\n";
  }
  return all;
}

Screen taken(std::string name, const PtyProgram& client) {
  const Cells cells = settled(client.cells());
  return {std::move(name), text_of(cells), svg_of(cells, client.cursor())};
}

void wait_until_gone(PtyProgram& client, std::string_view text) {
  if (!client.read_until([&] { return client.screen().find(text) == std::string::npos; }))
    throw std::runtime_error(fmt::format("'{}' stays", text));
}

void say(PtyProgram& client, std::string_view text) {
  client.type(text);
  client.type("\r");
}

// Says it, and waits until whoever is watched has its first words on their screen.
void say_to(PtyProgram& client, std::string_view text, PtyProgram& watched) {
  say(client, text);
  wait_for(watched, text.substr(0, text.find(' ', 8)));
}

// A morning in the lobby, at the size of an ordinary terminal.
Screen morning() {
  const ServerProcess server({"--durability", "process"});
  PtyProgram lisa = test::client_of(server, "Lisa");
  wait_for(lisa, "Lisa joined");
  PtyProgram eve = test::client_of(server, "Eve");
  wait_for(eve, "Eve joined");
  PtyProgram tom = test::client_of(server, "Tom", 80, 18);
  wait_for(tom, "Tom joined");
  say(tom, "/join garden");
  wait_for(tom, "[2 garden]");
  say(tom, "/go lobby");
  wait_for(tom, "[1 lobby]");
  say_to(lisa, "Good morning! Who has the minutes of yesterday?", tom);
  say(tom, "/me looks through his papers");
  wait_for(tom, "* Tom looks through");
  say_to(eve, "they are at https://wiki.example/minutes/2026-11-29 and, shorter, on paper", tom);
  say_to(lisa, "Tom: 世界 is spelt right there, is it? 👍🏽", tom);
  say(eve, "/nick Evelyn");
  wait_for(tom, "now known as Evelyn");
  say(lisa, "/msg Tom I lost mine, do not tell her");
  wait_for(tom, "3 @Lisa +1");
  say(tom, "it is, and the paper is on your desk");
  wait_for(lisa, "it is, and");
  wait_until_gone(tom, "(pending)");
  tom.type("and now I am typing som");
  wait_for(tom, "typing som");
  return taken("morning", tom);
}

// Much has been said meanwhile: where it is wide, all rooms are seen at once.
Screen rooms() {
  constexpr std::string_view kNewestMention =
      "\x1B"
      "a";
  const ServerProcess server({"--durability", "process"});
  PtyProgram lisa = test::client_of(server, "Lisa");
  wait_for(lisa, "Lisa joined");
  PtyProgram tom = test::client_of(server, "Tom", 110, 22);
  wait_for(tom, "Tom joined");
  PtyProgram eve = test::client_of(server, "Eve");
  for (PtyProgram* client : {&tom, &lisa, &eve}) {
    wait_for(*client, "Eve joined");
    say(*client, "/join garden");
    wait_for(*client, " garden · ");
  }
  say_to(eve, "the tomatoes are in, and the beans come tomorrow", tom);
  say_to(tom, "wonderful, I bring the sticks", eve);
  say(tom, "/join kitchen");
  wait_for(tom, " kitchen · ");
  say(eve, "how many beans do you think will fit behind the shed?");
  wait_for(lisa, "how many beans");
  say(lisa, "forty, if they grow up a string");
  wait_for(eve, "forty, if");
  say(eve, "Tom: could you bring string, too?");
  wait_for(lisa, "could you bring");
  say(lisa, "/go lobby");
  say(lisa, "the coffee machine is repaired");
  say(lisa, "/msg Tom I have your umbrella");
  wait_for(tom, "@Lisa");
  tom.type(kNewestMention);
  wait_for(tom, "bring string, too?");
  tom.type("I have some left from last y");
  wait_for(tom, "from last y");
  return taken("rooms", tom);
}

// The server is away, and nothing is lost.
Screen lost_connection() {
  ServerProcess server({"--durability", "process"});
  PtyProgram lisa = test::client_of(server, "Lisa");
  wait_for(lisa, "Lisa joined");
  PtyProgram tom = test::client_of(server, "Tom", 80, 10);
  wait_for(tom, "Tom joined");
  say_to(lisa, "the train goes at ten past nine", tom);
  server.process().signal(SIGKILL);
  wait_for(tom, "next try in");
  say(tom, "then I shall take the bicycle to the station");
  wait_for(tom, "(pending)");
  wait_for(tom, "next try in");
  return taken("lost", tom);
}

}  // namespace

std::vector<Screen> play() {
  return {morning(), rooms(), lost_connection()};
}

}  // namespace chat::screens
