// The status line while the connection is lost: it always has the time to the next try, and the
// key; unless the server has said that it is soon back.

#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "client/controller.hpp"
#include "client/view.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

// Ann, with the next try in 12 s.
Model reconnecting_model() {
  Model model = chatting_model();
  model.connection_lost("", kNoon);
  model.next_try_in(std::chrono::seconds(12));
  return model;
}

// The row above that of the input.
std::string status(const Model& model, const Controller& controller, int width) {
  const std::string rows = text_of(compose(model, controller, {Columns{width}, Rows{4}}));
  const auto end = rows.rfind('\n', rows.size() - 2);
  const auto begin = rows.rfind('\n', end - 1) + 1;
  return rows.substr(begin, end - begin);
}

void fail(Model& model, const std::string& text) {
  submit(model, text);
  give(model, protocol::Error{sent<protocol::Say>(model)->request, ErrorCode::not_stored, "No."});
}

void enter(Controller& controller, std::string text) {
  controller.press(Typed{std::move(text)}, {}, kNoon);
  controller.press(NamedKey::enter, {}, kNoon);
}

}  // namespace

TEST_CASE("a narrow status line still has the time to the next try, and the key") {
  Model model = reconnecting_model();
  const Controller controller(model);
  CHECK(status(model, controller, 50) == " Ann · Lost · next try in 12 s · Ctrl-T tries now");
  CHECK(status(model, controller, 40) == " Ann · Lost · next try in 12 s · Ctrl-T");
  CHECK(status(model, controller, 30) == " Ann · Lost · 12 s · Ctrl-T");
  CHECK(status(model, controller, 20) == " Ann · Lost · 12 s");
  CHECK(status(model, controller, 15) == " Ann · Lost");
}

TEST_CASE("the status line names the keys that are bound") {
  Model model = reconnecting_model();
  Configuration configuration;
  REQUIRE(configuration.change({"keys", "F5"}, {{"try-now"}, false}));
  REQUIRE(configuration.change({"keys", "Ctrl-T"}, {{""}, false}));
  CHECK(status(model, Controller(model, configuration), 40) ==
        " Ann · Lost · next try in 12 s · F5");
  REQUIRE(configuration.change({"keys", "F5"}, {{""}, false}));
  CHECK(status(model, Controller(model, configuration), 60) ==
        " Ann · Connection lost · next try in 12 s");
  Model failed = chatting_model();
  fail(failed, "one");
  REQUIRE(configuration.change({"keys", "Alt-R"}, {{""}, false}));
  CHECK(status(failed, Controller(failed, configuration), 60) ==
        " Ann · Not sent · /resend sends it again");
  CHECK(status(failed, Controller(failed, configuration), 20) == " Ann · /resend");
}

TEST_CASE("what is being read further up, and how it ends, is told with the keys that are bound") {
  Model model = chatting_model();
  Configuration configuration;
  for (const auto* text : {"one", "two", "three", "four"})
    submit(model, text);
  model.page_up({Columns{90}, Rows{2}});
  const auto told = [&](int width) {
    return status(model, Controller(model, configuration), width);
  };
  CHECK(told(90) == " PgDn scrolls down · Esc goes back to now");
  REQUIRE(configuration.change({"keys", "F5"}, {{"now"}, false}));
  REQUIRE(configuration.change({"keys", "Esc"}, {{""}, false}));
  CHECK(told(90) == " PgDn scrolls down · F5 goes back to now");
  CHECK(told(20) == " PgDn · F5");
  REQUIRE(configuration.change({"keys", "PageDown"}, {{""}, false}));
  CHECK(told(90) == " F5 goes back to now");
  CHECK(told(20) == " F5");
}

TEST_CASE(
    "whoever reads further up without a connection is told how that ends, whatever is bound") {
  Model model = reconnecting_model();
  Configuration configuration;
  for (const auto* text : {"one", "two", "three", "four"})
    submit(model, text);
  model.page_up({Columns{90}, Rows{2}});
  const auto told = [&] { return status(model, Controller(model, configuration), 90); };
  REQUIRE(configuration.change({"keys", "PageDown"}, {{""}, false}));
  CHECK(told() == " Connection lost · next try in 12 s · Ctrl-T tries now · Esc goes back to now");
  REQUIRE(configuration.change({"keys", "Esc"}, {{""}, false}));
  CHECK(told() == " Connection lost · next try in 12 s · Ctrl-T tries now · Further up");
}

TEST_CASE("what is looked for stands there with the keys that are bound") {
  Model model = chatting_model();
  Configuration configuration;
  post(model, kLobby, kLisa, "Lisa", "one");
  model.find();
  REQUIRE(model.find_type("on", {Columns{90}, Rows{2}}));
  const auto told = [&] { return status(model, Controller(model, configuration), 90); };
  CHECK(told() == " Find: on · Enter: older · Down: newer · Esc ends");
  REQUIRE(configuration.change({"keys", "Down"}, {{""}, false}));
  REQUIRE(configuration.change({"keys", "F5"}, {{"find-older"}, false}));
  REQUIRE(configuration.change({"keys", "Enter"}, {{"enter"}, false}));
  REQUIRE(configuration.change({"keys", "Ctrl-F"}, {{""}, false}));
  REQUIRE(configuration.change({"keys", "Up"}, {{""}, false}));
  CHECK(told() == " Find: on · F5: older · Esc ends");
}

TEST_CASE("a refusal stands behind the time to the next try") {
  Model model = reconnecting_model();
  Controller controller(model);
  enter(controller, "/who");
  CHECK(
      status(model, controller, 90) ==
      " Connection lost · next try in 12 s · Ctrl-T tries now · Not now: the connection is lost.");
  CHECK(status(model, controller, 60) ==
        " Lost · 12 s · Ctrl-T · Not now: the connection is lost.");
  CHECK(status(model, controller, 30) == " Lost · 12 s · Ctrl-T · Not n…");
}

TEST_CASE("whoever reads further up sees the time to the next try, too") {
  Model model = reconnecting_model();
  Controller controller(model);
  for (const auto* text : {"one", "two", "three", "four"})
    enter(controller, text);
  model.page_up({Columns{90}, Rows{2}});
  CHECK(status(model, controller, 90) ==
        " Connection lost · next try in 12 s · Ctrl-T tries now · PgDn scrolls down");
}

TEST_CASE("where it is narrow, the number below and the keys are all that is told") {
  Model model = chatting_model();
  Controller controller(model);
  for (const auto* text : {"one", "two", "three", "four"})
    enter(controller, text);
  model.page_up({Columns{20}, Rows{2}});
  CHECK(status(model, controller, 20) == " PgDn · Esc");
}

TEST_CASE("a narrow status line has the command that helps, or an ellipsis") {
  Model model = chatting_model();
  Controller controller(model);
  CHECK(status(model, controller, 20) == " Ann · /help");
  give(model, protocol::Typing{kLobby, kNoon, kLisa, "Lisa"});
  CHECK(status(model, controller, 20) == " Ann · Lisa typing…");
  model.pass_time({kNoon.milliseconds + 6000});
  enter(controller, "/away");
  CHECK(status(model, controller, 40) == " Ann (away) · /back");
  enter(controller, "/foo");
  CHECK(status(model, controller, 20) == " There is no comman…");
}

TEST_CASE("a server that restarts is no lost one, until it takes too long") {
  Model model = chatting_model();
  const Controller controller(model);
  give(model, protocol::Goodbye{{}, CloseReason::restarting, "The server restarts."});
  CHECK(model.wants_connection());
  CHECK(model.server_restarts());
  model.next_try_in(std::chrono::seconds(1));
  CHECK(status(model, controller, 60) == " Ann · The server restarts · connecting");
  CHECK(status(model, controller, 30) == " Ann · Restarting");
  model.connection_lost("Connection refused.", {kNoon.milliseconds + 59'000});
  CHECK(model.server_restarts());
  model.connection_lost("Connection refused.", {kNoon.milliseconds + 61'000});
  CHECK(status(model, controller, 60) ==
        " Ann · Connection lost · next try in 1 s · Ctrl-T tries now");
}

TEST_CASE("a server that is back has restarted") {
  Model model = chatting_model();
  give(model, protocol::Goodbye{{}, CloseReason::restarting, ""});
  model.connected(kNoon);
  welcome(model, sent<protocol::Hello>(model)->request, "Ann");
  CHECK_FALSE(model.server_restarts());
}

TEST_CASE("the status line says what was not sent, and the key, until something else is said") {
  Model model = chatting_model();
  const Controller controller(model);
  fail(model, "one");
  CHECK(status(model, controller, 60) == " Ann · Not sent · Alt-R sends it again");
  CHECK(status(model, controller, 20) == " Ann · Alt-R resends");
  give(model, protocol::Typing{kLobby, kNoon, kLisa, "Lisa"});
  CHECK(status(model, controller, 60) == " Ann · Not sent · Alt-R sends it again");
  model.resend(kNoon);
  CHECK(status(model, controller, 60) == " Ann · Lisa is typing…");
  model.pass_time({kNoon.milliseconds + 6000});
  CHECK(status(model, controller, 60) == " Ann · /help explains the commands");
}
