// Addresses of web pages, listed and opened: whole screens.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/client/end_to_end.hpp"
#include "tests/client/pointing.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

constexpr std::string_view kAltU = "\033u";
constexpr std::string_view kDown = "\033[B";

// A browser that writes down what it is told to open, and nothing else.
class NotingBrowser {
 public:
  NotingBrowser() {
    std::ofstream(program()) << "#!/bin/sh\nprintf '%s\\n' \"$@\" >$0.new\nmv $0.new "
                             << opened_.string() << "\n";
    std::filesystem::permissions(program(), std::filesystem::perms::owner_all);
  }

  std::filesystem::path program() const { return folder_.path() / "browser"; }

  // What it was told to open, with line breaks, once it has been told; then it is forgotten.
  std::string take_opened() const {
    wait_until([&] { return std::filesystem::exists(opened_); });
    std::ifstream file(opened_);
    std::string text(std::istreambuf_iterator<char>(file), {});
    std::filesystem::remove(opened_);
    return text;
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path opened_ = folder_.path() / "opened";
};

// Ann, to whom Bert has said three addresses.
struct ChatWithAddresses {
  explicit ChatWithAddresses(const std::string& browser)
      : ann({"env", "BROWSER=" + browser, client_program(), server.address(), "--nick", "Ann"}, 80,
            24) {
    REQUIRE(ann.shows("→ Ann joined"));
    Visitor bert(server.port(), "Bert");
    bert.say("the minutes: https://example.org/minutes/2026/11/29/draft.html");
    bert.say("and the map (https://maps.example.org/?q=tea+house), or http://t.co/x.");
    bert.leave_chat();
    REQUIRE(ann.shows("← Bert left"));
  }

  ServerProcess server;
  PtyProgram ann;
};

}  // namespace

TEST_CASE("screens: addresses are listed, newest first, and the chosen one is opened") {
  const NotingBrowser browser;
  ChatWithAddresses chat(browser.program());
  chat.ann.type(kAltU);
  chat.ann.type(kDown);
  REQUIRE(chat.ann.shows("3 addresses"));
  check_screens(chat.ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
  YYYY-MM-DD HH:MM Bert http://t.co/x                       │ 1 person
> YYYY-MM-DD HH:MM Bert https://maps.example.org/?q=tea+ho… │ Ann
  YYYY-MM-DD HH:MM Bert https://example.org/minutes/2026/1… │
                                                            │
⋮ 17 more of it
 3 addresses · Enter opens it · Esc ends
▏
)",
                           .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │   YYYY-MM-DD HH:MM Bert http://t.co/x                                            │ 1 person
                 │ > YYYY-MM-DD HH:MM Bert https://maps.example.org/?q=tea+house                    │ Ann
                 │   YYYY-MM-DD HH:MM Bert https://example.org/minutes/2026/11/29/draft.html        │
                 │                                                                                  │
⋮ 33 more of it
 3 addresses · Enter opens it · Esc ends
▏
)",
                           .small = R"(
 lobby     [1 lobby]
  http://t.co/x
> https://maps.exam…
 3 addresses · Ente…
▏
)"});
  chat.ann.type("\r");
  CHECK(browser.take_opened() == "https://maps.example.org/?q=tea+house\n");
  check_screens(chat.ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM → Bert joined                                         │
HH:MM <Bert> the minutes:                                   │
      https://example.org/minutes/2026/11/29/draft.html     │
HH:MM <Bert> and the map                                    │
      (https://maps.example.org/?q=tea+house), or           │
      http://t.co/x.                                        │
HH:MM ← Bert left the chat                                  │
                                                            │
⋮ 11 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Bert joined                                                              │
                 │ HH:MM <Bert> the minutes: https://example.org/minutes/2026/11/29/draft.html      │
                 │ HH:MM <Bert> and the map (https://maps.example.org/?q=tea+house), or             │
                 │       http://t.co/x.                                                             │
                 │ HH:MM ← Bert left the chat                                                       │
                 │                                                                                  │
⋮ 29 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 lobby     [1 lobby]
HH:MM ← Bert left
  the chat
 Ann · /help
▏
)"});
}

TEST_CASE("screens: without a browser it is said how to name one, and the list stays") {
  ChatWithAddresses chat("");
  chat.ann.type(kAltU);
  REQUIRE(chat.ann.shows("3 addresses"));
  chat.ann.type("\r");
  REQUIRE(chat.ann.shows("Which browser?"));
  check_screens(chat.ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
> YYYY-MM-DD HH:MM Bert http://t.co/x                       │ 1 person
  YYYY-MM-DD HH:MM Bert https://maps.example.org/?q=tea+ho… │ Ann
  YYYY-MM-DD HH:MM Bert https://example.org/minutes/2026/1… │
                                                            │
⋮ 17 more of it
 Which browser? Set BROWSER in the environment, for example to firefox.
▏
)",
                           .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ > YYYY-MM-DD HH:MM Bert http://t.co/x                                            │ 1 person
                 │   YYYY-MM-DD HH:MM Bert https://maps.example.org/?q=tea+house                    │ Ann
                 │   YYYY-MM-DD HH:MM Bert https://example.org/minutes/2026/11/29/draft.html        │
                 │                                                                                  │
⋮ 33 more of it
 Which browser? Set BROWSER in the environment, for example to firefox.
▏
)",
                           .small = R"(
 lobby     [1 lobby]
> http://t.co/x
  https://maps.exam…
 Which browser? Set…
▏
)"});
}

TEST_CASE("screens: a click on an address opens it, on whichever of its rows") {
  const NotingBrowser browser;
  ChatWithAddresses chat(browser.program());
  PtyProgram& ann = chat.ann;
  ann.type(kF4);
  REQUIRE(ann.shows("The mouse scrolls"));
  click(ann, place_of(ann, "example.org/minutes"));
  CHECK(browser.take_opened() == "https://example.org/minutes/2026/11/29/draft.html\n");
  check_screen(ann, 80, 24, R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM → Bert joined                                         │
HH:MM <Bert> the minutes:                                   │
      https://example.org/minutes/2026/11/29/draft.html     │
HH:MM <Bert> and the map                                    │
      (https://maps.example.org/?q=tea+house), or           │
      http://t.co/x.                                        │
HH:MM ← Bert left the chat                                  │
                                                            │
⋮ 11 more of it
 Ann · /help explains the commands
▏
)");
  check_screen(ann, 120, 40, R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Bert joined                                                              │
                 │ HH:MM <Bert> the minutes: https://example.org/minutes/2026/11/29/draft.html      │
                 │ HH:MM <Bert> and the map (https://maps.example.org/?q=tea+house), or             │
                 │       http://t.co/x.                                                             │
                 │ HH:MM ← Bert left the chat                                                       │
                 │                                                                                  │
⋮ 29 more of it
 Ann · /help explains the commands
▏
)");
  click(ann, place_of(ann, "t.co/x"));
  CHECK(browser.take_opened() == "http://t.co/x\n");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM ← Bert left
  the chat
 Ann · /help
▏
)");
  ann.type("\033[5~\033[5~\033[5~");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
  ple.org/?q=tea+hou
  se), or
 PgDn · Esc
▏
)");
  click(ann, place_of(ann, "se), or"));
  CHECK(browser.take_opened() == "https://maps.example.org/?q=tea+house\n");
}
