// How the client calls somebody who is not looking: with a bell, with a command, or not at all.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/client/end_to_end.hpp"
#include "tests/client/visitor.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;
namespace fs = std::filesystem;

namespace {

// Ann with this configuration, and Bert.
struct Called {
  explicit Called(const std::string& configuration, const std::vector<std::string>& more = {})
      : ann(start(configuration, more)) {
    REQUIRE(ann.shows("→ Ann joined"));
  }

  // Shown to Ann.
  void bert_says(const std::string& text) {
    bert.say(text);
    REQUIRE(ann.shows(text));
  }

  TemporaryFolder folder;
  ServerProcess server;
  Visitor bert{server.port(), "Bert"};
  PtyProgram ann;

 private:
  PtyProgram start(const std::string& configuration, const std::vector<std::string>& more) const {
    const fs::path file = folder.path() / "client.toml";
    std::ofstream(file) << configuration;
    std::vector<std::string> all{client_program(), server.address(), "--nick", "Ann",
                                 "--config",       file.string()};
    all.insert(all.end(), more.begin(), more.end());
    return PtyProgram(all, 90, 12);
  }
};

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

// The bell comes before the picture, so what is shown has rung if it ever will.

TEST_CASE("by default nothing rings") {
  Called chat("");
  chat.bert_says("hello");
  chat.bert_says("Ann: look");
  chat.bert.whisper("Ann", "psst");
  REQUIRE(chat.ann.shows("2 @Bert +1"));
  CHECK(chat.ann.bells() == 0);
}

TEST_CASE("with `bell = true` what mentions one rings, and nothing else does") {
  Called chat("bell = true\n");
  chat.bert_says("hello");
  chat.ann.type("I am Ann\r");
  REQUIRE(chat.ann.shows("<Ann> I am Ann"));
  CHECK(chat.ann.bells() == 0);
  SUBCASE("a message with the name") {
    chat.bert_says("look, ann");
  }
  SUBCASE("a whisper") {
    chat.bert.whisper("Ann", "psst");
    REQUIRE(chat.ann.shows("2 @Bert +1"));
  }
  CHECK(chat.ann.bells() == 1);
}

TEST_CASE("the bell is switched on and off in the middle of a chat") {
  Called chat("");
  chat.bert_says("one for Ann");
  CHECK(chat.ann.bells() == 0);
  chat.ann.type("/set bell true\r");
  REQUIRE(chat.ann.shows("bell = true"));
  chat.bert_says("two for Ann");
  CHECK(chat.ann.bells() == 1);
  chat.ann.type("/set bell false\r");
  REQUIRE(chat.ann.shows("bell = false"));
  chat.bert_says("three for Ann");
  CHECK(chat.ann.bells() == 1);
}

TEST_CASE("a highlight-command hears who said what and where, of what mentions one alone") {
  const TemporaryFolder folder;
  const fs::path heard = folder.path() / "heard";
  const fs::path command = folder.path() / "command";
  std::ofstream(command) << "echo \"$EDGECHAT_ROOM $EDGECHAT_FROM $EDGECHAT_TEXT $1\" >>" +
                                heard.string() + "\n";
  Called chat("highlight-command = \"sh " + command.string() + " now\"\n");
  // If this called, what follows at once would not call again.
  chat.bert_says("hello");
  chat.bert_says("Ann; $(look)");
  CHECK(wait_until([&] { return text_of(heard).ends_with("\n"); }));
  CHECK(text_of(heard) == "lobby Bert Ann; $(look) now\n");
  CHECK(chat.ann.bells() == 0);
  CHECK(chat.ann.full_screen());
}

TEST_CASE("a highlight-command that cannot be run is told of once") {
  Called chat("highlight-command = \"/no/such\"\n");
  chat.bert_says("Ann: look");
  CHECK(chat.ann.shows("/no/such cannot be run: No such file or directory."));
}

// There the bell comes behind the line that has called, and so before the next one.

TEST_CASE("a plain client is silent by default") {
  Called chat("", {"--plain"});
  chat.bert_says("Ann: look");
  chat.bert_says("hello");
  CHECK(chat.ann.bells() == 0);
}

TEST_CASE("a plain client rings when it is set to, and what mentions one alone") {
  Called chat("bell = true\n", {"--plain"});
  chat.bert_says("hello");
  chat.bert_says("hello again");
  CHECK(chat.ann.bells() == 0);
  chat.bert_says("Ann: look");
  CHECK(chat.ann.read_until([&] { return chat.ann.bells() == 1; }));
  chat.bert_says("so long");
  CHECK(chat.ann.bells() == 1);
}
