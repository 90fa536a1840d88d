#include "client/config_commands.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "client/settings.hpp"

using namespace chat::client;

namespace {

using Lines = std::vector<std::string>;

// Somebody whose changes nobody keeps.
struct User {
  Configuration configuration;

  Lines enter(std::string_view line) {
    const auto parsed = command::parse(line);
    REQUIRE(parsed.has_value());
    const auto answered = answer(*parsed, configuration);
    REQUIRE(answered.has_value());
    return *answered ? **answered : Lines{"refused: " + answered->error()};
  }
};

constexpr const char* kNotKept =
    ", until this client ends. It is not kept: neither XDG_CONFIG_HOME nor HOME is set";

}  // namespace

TEST_CASE("/set lists all settings with what they are and what for") {
  User ann;
  ann.enter("/set bell true");
  const Lines lines = ann.enter("/set");
  CHECK(
      std::ranges::find(
          lines, "bell = true: rings when something stands out or is whispered (default: false)") !=
      lines.end());
  CHECK(std::ranges::find(lines, "nick = \"\": your nickname; without one you are asked") !=
        lines.end());
}

TEST_CASE("/set shows one, or a section") {
  User ann;
  CHECK(ann.enter("/set server") == Lines{"server = \"127.0.0.1\": the server when none is named"});
  CHECK(ann.enter("/set colours").size() == 8);
  CHECK(ann.enter("/set pink") == Lines{"refused: There is no setting pink. /set lists all."});
  CHECK(ann.enter("/set servers.work.pink") ==
        Lines{"refused: There is no setting servers.work.pink. /set lists all."});
  CHECK(ann.enter("/set servers.work.nick") == Lines{"servers.work.nick is not set"});
  CHECK(ann.enter("/set keys.alt-r") == Lines{"keys.alt-r is not set"});
  ann.enter("/set servers.work.address host");
  CHECK(ann.enter("/set servers") == Lines{"servers.work.address = \"host\""});
}

TEST_CASE("/set changes what is entered as people write it, or as the file has it") {
  User ann;
  CHECK(ann.enter("/set nick Ann") == Lines{std::string("nick = \"Ann\"") + kNotKept});
  CHECK(ann.configuration.settings().nickname == "Ann");
  ann.enter("/set nick \"Bob\"");
  CHECK(ann.configuration.settings().nickname == "Bob");
  ann.enter("/set nick 0xdead");
  CHECK(ann.configuration.settings().nickname == "0xdead");
  ann.enter("/set rooms cpp, garden");
  CHECK(ann.configuration.settings().rooms == Lines{"cpp", "garden"});
  ann.enter("/set highlight-words [\"on call\", 'a, b']");
  CHECK(ann.configuration.settings().highlight_words == Lines{"on call", "a, b"});
  ann.enter("/set highlight-words \"on call\", 'off, call'");
  CHECK(ann.configuration.settings().highlight_words == Lines{"on call", "off, call"});
  ann.enter("/set highlight-words on call");
  CHECK(ann.configuration.settings().highlight_words == Lines{"on call"});
  ann.enter("/set highlight-words 1_000");
  CHECK(ann.configuration.settings().highlight_words == Lines{"1_000"});
  ann.enter("/set highlight-words 1_000, 0x10");
  CHECK(ann.configuration.settings().highlight_words == Lines{"1_000", "0x10"});
  ann.enter("/set highlight-words #deploy, release");
  CHECK(ann.configuration.settings().highlight_words == Lines{"#deploy", "release"});
  ann.enter("/set highlight-command notify-send \"chat\" # 1");
  CHECK(ann.configuration.settings().attention.command == "notify-send \"chat\" # 1");
  ann.enter("/set colours.names red, 32");
  CHECK(ann.configuration.settings().colours.names == std::vector<short>{1, 32});
  CHECK(ann.enter("/set bell maybe") == Lines{"refused: bell: It is true or false."});
  ann.enter("/unset rooms");
  CHECK(ann.configuration.settings().rooms.empty());
  CHECK(ann.enter("/unset pink") == Lines{"refused: pink: There is no such setting."});
}

TEST_CASE("/bind shows what a key does, and changes it") {
  User ann;
  CHECK(ann.enter("/bind alt-enter") == Lines{"Alt-Enter: break-line"});
  CHECK(ann.enter("/bind F5 page-up") == Lines{std::string("keys.F5 = \"page-up\"") + kNotKept});
  CHECK(ann.enter("/bind F5") == Lines{"F5: page-up"});
  ann.enter("/bind F5 nothing");
  CHECK(ann.enter("/bind F5") == Lines{"F5: nothing"});
  CHECK(ann.enter("/bind Ctrl-T") == Lines{"Ctrl-T: try-now"});
  CHECK(ann.enter("/bind") == ann.enter("/keys"));
  CHECK(ann.enter("/bind F55 up") ==
        Lines{"refused: There is no key F55. Keys are called as in /keys."});
  CHECK(ann.enter("/bind F5 dance") ==
        Lines{"refused: keys.F5: Keys cannot do \"dance\". /keys lists what they can."});
}

TEST_CASE("other commands are not about settings") {
  Configuration configuration;
  for (const char* line : {"hello", "/who", "/quit", "/help"})
    CHECK_FALSE(answer(*command::parse(line), configuration).has_value());
}

TEST_CASE("settings, their values, keys and what they can do are completed") {
  Vocabulary vocabulary;
  add_words(vocabulary, Settings());
  const auto words = [&](std::string_view text) { return candidates_for(text, vocabulary).words; };
  CHECK(words("/set highlight-w") == Lines{"highlight-words "});
  CHECK(words("/unset colours.ev") == Lines{"colours.event "});
  CHECK(words("/set bell ") == Lines{"false ", "true "});
  CHECK(words("/set colours.own bright-r") == Lines{"bright-red "});
  CHECK(words("/set server ") == Lines{"\"127.0.0.1\" "});
  CHECK(words("/bind Alt-En") == Lines{"Alt-Enter "});
  CHECK(words("/bind F5 page-") == Lines{"page-up ", "page-down "});
  CHECK(words("/bind F5 page-up ").empty());
  CHECK(words("set be").empty());
}
