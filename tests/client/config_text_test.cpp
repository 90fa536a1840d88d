#include "client/config_text.hpp"

#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <sstream>

using namespace chat::client;

namespace {

ConfigText parsed(std::string text) {
  auto result = ConfigText::parse(std::move(text));
  REQUIRE(result.has_value());
  return std::move(*result);
}

// "section/name = first|second" for each entry.
std::vector<std::string> entries(const std::string& text) {
  std::vector<std::string> lines;
  const ConfigText config = parsed(text);
  for (const ConfigEntry& entry : config.entries()) {
    std::string line = entry.section + "/" + entry.name + " =";
    for (const std::string& value : entry.value.texts)
      line += (line.ends_with('=') ? " " : "|") + value;
    lines.push_back(line);
  }
  return lines;
}

// "2: There is no ..."
std::string mistake_in(std::string text) {
  const auto result = ConfigText::parse(std::move(text));
  REQUIRE_FALSE(result.has_value());
  return std::to_string(result.error().line) + ": " + result.error().sentence;
}

constexpr const char* kExample = R"(# mine
nick = "Ann"   # not Anna
rooms = ["cpp", 'garden']

bell = true
[colours]
own = 32
"names" = [ 1,
  # red
  2, ]

# work
[servers.work]
address = "chat.example:1338"
)";

}  // namespace

TEST_CASE("a configuration has texts, numbers, truths and lists in sections") {
  CHECK(entries(kExample) == std::vector<std::string>{"/nick = Ann", "/rooms = cpp|garden",
                                                      "/bell = true", "colours/own = 32",
                                                      "colours/names = 1|2",
                                                      "servers.work/address = chat.example:1338"});
  CHECK(entries("").empty());
  CHECK(entries("a = []\r\nb.c = -1\r\n") == std::vector<std::string>{"/a =", "b/c = -1"});
  CHECK(entries(R"("Alt-=" = "a\"b\\\u00e4#" # c)") ==
        std::vector<std::string>{"/Alt-= = a\"b\\ä#"});
  CHECK(entries("a = 'b\\'") == std::vector<std::string>{"/a = b\\"});
}

TEST_CASE("what is no configuration is refused with its line") {
  CHECK(mistake_in("a = 1\nb\n").starts_with("2: "));
  CHECK(mistake_in("\n\na = on").starts_with("3: "));
  CHECK(mistake_in("a = \"b\n").starts_with("1: "));
  CHECK(mistake_in("a = [1, 2\nb = 3\n").starts_with("2: "));
  CHECK(mistake_in("[a\n").starts_with("1: "));
  CHECK(mistake_in("[b]\na = 1\n[c]\n[d]\nb = 1\nb = 2\n").starts_with("6: "));
  CHECK(mistake_in("a = 1 b = 2\n").starts_with("1: "));
  CHECK(mistake_in("\na = \"\xff\"").starts_with("2: "));
  CHECK(mistake_in("\na = \"\\uD800\"").starts_with("2: "));
  CHECK(mistake_in(std::string("a\0 = 1", 6)).starts_with("1: "));
  const std::string no_value = ": a is no text, whole number, true, false, nor a list of them.";
  CHECK(mistake_in("b = 1\na = 1.5\nc = 2.5\n") == "2" + no_value);
  CHECK(mistake_in("a = 2026-11-30\n") == "1" + no_value);
  CHECK(mistake_in("a = {b = 1}\n") == "1" + no_value);
  CHECK(mistake_in("a = [[1], [2]]\n") == "1" + no_value);
  CHECK(mistake_in("[[a]]\nb = 1\n") == "1" + no_value);
}

TEST_CASE("no cut or changed byte of a configuration does harm") {
  const std::string text = kExample;
  for (std::size_t at = 0; at < text.size(); ++at) {
    [[maybe_unused]] const auto cut = ConfigText::parse(text.substr(0, at));
    for (const char c : {'"', '[', ']', '=', '\\', '\n', '\0', '\xff', '.', '#', ','}) {
      std::string changed = text;
      changed[at] = c;
      [[maybe_unused]] const auto result = ConfigText::parse(changed);
    }
  }
}

TEST_CASE("one value changes, and all around it stays") {
  const ConfigText text = parsed(kExample);
  std::string expected = kExample;
  expected.replace(expected.find("\"Ann\""), 5, "\"Bob\"");
  CHECK(text.with("", "nick", "\"Bob\"") == expected);
  CHECK(parsed("'ä.ö' = 'üü' # ß\n").with("", "ä.ö", "1") == "'ä.ö' = 1 # ß\n");
  expected = kExample;
  const auto list = expected.find("[ 1,");
  expected.replace(list, expected.find("2, ]") + 4 - list, "[7]");
  CHECK(text.with("colours", "names", "[7]") == expected);
}

TEST_CASE("a new value stands behind the others of its section") {
  const ConfigText text = parsed(kExample);
  std::string expected = kExample;
  expected.insert(expected.find("[colours]"), "log = true\n");
  CHECK(text.with("", "log", "true") == expected);
  CHECK(text.with("servers.work", "nick", "\"A\"") == std::string(kExample) + "nick = \"A\"\n");
  CHECK(text.with("keys", "Alt-Left", "\"left\"") ==
        std::string(kExample) + "\n[keys]\nAlt-Left = \"left\"\n");
  CHECK(parsed("").with("", "a", "1") == "a = 1\n");
  CHECK(parsed("").with("b", "Alt-=", "1") == "[b]\n\"Alt-=\" = 1\n");
  CHECK(parsed("[b]").with("b", "c", "1") == "[b]\nc = 1\n");
  CHECK(parsed("# of b\n[b]\n").with("", "c", "1") == "c = 1\n\n# of b\n[b]\n");
  CHECK(parsed("# file\n\n# of b\n[b]\n").with("", "c", "1") == "# file\n\nc = 1\n\n# of b\n[b]\n");
  CHECK(parsed("b.d = 1\n").with("b", "c", "1") == "b.d = 1\nb.c = 1\n");
  CHECK(parsed("[a.'ä']\nb = 1\n").with("a", "c", "1") == "[a.'ä']\nb = 1\n\n[a]\nc = 1\n");
}

TEST_CASE("a value goes with its lines") {
  const ConfigText text = parsed(kExample);
  std::string expected = kExample;
  expected.erase(expected.find("nick"), expected.find("rooms") - expected.find("nick"));
  CHECK(text.without("", "nick") == expected);
  expected = kExample;
  const auto list = expected.find("\"names\"");
  expected.erase(list, expected.find("2, ]") + 5 - list);
  CHECK(text.without("colours", "names") == expected);
  CHECK(text.without("", "no-such-name") == kExample);
}

TEST_CASE("whatever is written is read again") {
  for (const std::string value : {"", "plain", "with \"quotes\" and \\", "#", "ä\xf0\x9f\x98\x80",
                                  "a\nb\tc\x01\x7f", "[1]"}) {
    const auto text = parsed(parsed(kExample).with("keys", "Alt-#", in_quotes(value)));
    CHECK(text.entries().back().name == "Alt-#");
    CHECK(text.entries().back().value.texts == std::vector{value});
  }
}

TEST_CASE("CLI11 reads a configuration alike") {
  const std::string text = parsed(kExample).with("keys", "Alt-Left", "\"word-left\"");
  std::istringstream file(text);
  std::vector<std::string> theirs;
  for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(file)) {
    // Where sections begin and end.
    if (item.name == "++" || item.name == "--")
      continue;
    std::string line = CLI::detail::join(item.parents, ".") + "/" + item.name + " =";
    for (const std::string& value : item.inputs)
      line += (line.ends_with('=') ? " " : "|") + value;
    theirs.push_back(line);
  }
  auto ours = entries(text);
  // A comment inside of a list it does not know.
  std::erase_if(theirs, [](const std::string& line) { return line.starts_with("colours/names"); });
  std::erase_if(ours, [](const std::string& line) { return line.starts_with("colours/names"); });
  CHECK(theirs == ours);
}
