#include "client/settings.hpp"

#include <doctest/doctest.h>

#include <set>

#include "client/key_settings.hpp"
#include "client/server_settings.hpp"
#include "client/setting_table.hpp"

using namespace chat::client;

namespace {

SettingOutcome set(Settings& settings, const char* name, std::vector<std::string> texts) {
  const bool is_list = texts.size() != 1;
  return chat::client::set(settings, setting_named(name), {std::move(texts), is_list});
}

std::string value(const Settings& settings, const char* name) {
  return value_of(settings, setting_named(name));
}

std::string refusal(const char* name, std::vector<std::string> texts) {
  Settings settings;
  const auto outcome = set(settings, name, std::move(texts));
  for (const SettingName& each : names_in(settings))
    CHECK(value_of(settings, each) == value_of(Settings(), each));
  CHECK(names_in(settings) == names_in(Settings()));
  return outcome ? std::string() : outcome.error();
}

}  // namespace

TEST_CASE("every setting has a name of its own, a purpose, and a default that it can be set to") {
  std::set<std::string> names;
  for (const Setting& setting : all_settings()) {
    const SettingName name{std::string(setting.section), std::string(setting.name)};
    CAPTURE(to_string(name));
    CHECK(names.insert(to_string(name)).second);
    CHECK(setting_named(to_string(name)) == name);
    CHECK_FALSE(setting.purpose.empty());
    Settings settings;
    const auto texts = setting.get(settings);
    CHECK((texts.size() == 1 || setting.kind == SettingKind::list));
    CHECK(setting.set(settings, texts).has_value());
    CHECK(setting.get(settings) == texts);
    CHECK(unset(settings, name).has_value());
  }
}

TEST_CASE("what is set has the value that it was set to") {
  Settings settings;
  REQUIRE(set(settings, "nick", {"Ann"}));
  REQUIRE(set(settings, "rooms", {"cpp", "garden"}));
  REQUIRE(set(settings, "bell", {"true"}));
  REQUIRE(set(settings, "highlight-command", {"notify-send -i chat"}));
  REQUIRE(set(settings, "highlight-words", {"deploy*"}));
  REQUIRE(set(settings, "colours.own", {"12"}));
  REQUIRE(set(settings, "colours.names", {"red", "200"}));
  CHECK(settings.nickname == "Ann");
  CHECK(settings.attention.bell);
  CHECK(settings.attention.command == "notify-send -i chat");
  CHECK(settings.colours.own == 12);
  CHECK(settings.colours.names == std::vector<short>{1, 200});
  REQUIRE(set(settings, "log", {"true"}));
  REQUIRE(set(settings, "log-folder", {"/var/tmp"}));
  CHECK(settings.log == LogSettings{true, "/var/tmp"});
  REQUIRE(set(settings, "tell-typing", {"false"}));
  CHECK_FALSE(settings.tells_typing);
  REQUIRE(set(settings, "show-people", {"false"}));
  REQUIRE(set(settings, "rooms-width", {"20"}));
  CHECK_FALSE(settings.panes.people);
  CHECK(settings.panes.rooms_width == Columns{20});
  CHECK(value(settings, "rooms-width") == "20");
  CHECK(value(settings, "nick") == "\"Ann\"");
  CHECK(value(settings, "rooms") == "[\"cpp\", \"garden\"]");
  CHECK(value(settings, "bell") == "true");
  CHECK(value(settings, "highlight-words") == "[\"deploy*\"]");
  CHECK(value(settings, "colours.own") == "\"bright-blue\"");
  CHECK(value(settings, "colours.names") == "[\"red\", \"200\"]");
  for (const SettingName& name : names_in(settings)) {
    REQUIRE(unset(settings, name));
    CHECK(value_of(settings, name) == value_of(Settings(), name));
  }
}

TEST_CASE("what a setting cannot be is refused, and everything stays as it is") {
  CHECK(refusal("pink", {"1"}) == "There is no such setting.");
  CHECK(refusal("colours.pink", {"1"}) == "There is no such setting.");
  CHECK(refusal("nick", {"a b"}).starts_with("Sorry, "));
  CHECK(refusal("nick", {"a", "b"}) == "It has one value, not a list.");
  CHECK(refusal("server", {"host:99999"}).starts_with("That is no address: "));
  CHECK(refusal("rooms", {"cpp", "\x01"}).starts_with("Sorry, "));
  CHECK(refusal("log-folder", {"logs"}) == "It is a path that begins with a slash.");
  CHECK(refusal("bell", {"yes"}) == "It is true or false.");
  for (const char* width : {"7", "41", "", "ten", "10 ", "99999999999"})
    CHECK(refusal("people-width", {width}) == "It is a number from 8 to 40.");
  CHECK(refusal("colours.own", {"pink"}).starts_with("It is the name of a colour"));
  CHECK(refusal("colours.names", {"1", "256"}).starts_with("It is the name of a colour"));
  CHECK(refusal("keys.Alt-Nothing", {"quit"}) ==
        "There is no key Alt-Nothing. Keys are called as in /keys.");
  CHECK(refusal("keys.F5", {"dance"}) == "Keys cannot do \"dance\". /keys lists what they can.");
  CHECK(refusal("servers.work.colour", {"1"}) == "There is no such setting of a server.");
  CHECK(refusal("servers.a/b.nick", {"Ann"}).starts_with("The name of a server has letters"));
  CHECK(refusal("servers.work.address", {""}).starts_with("That is no address: "));
}

TEST_CASE("keys do what they are set to, whatever the spelling, or nothing") {
  Settings settings;
  REQUIRE(set(settings, "keys.shift-alt-x", {"quit"}));
  REQUIRE(set(settings, "keys.ctrl-t", {""}));
  REQUIRE(set(settings, "keys.Alt-.", {"page-up"}));
  CHECK(value(settings, "keys.Alt-Shift-X") == "\"quit\"");
  CHECK(value(settings, "keys.Ctrl-T") == "\"\"");
  const Bindings bindings = bindings_of(settings);
  CHECK(bindings.actions_of(chat::client::Alt{U'X'}) == "quit");
  CHECK(bindings.actions_of(Control{'t'}) == "nothing");
  CHECK(bindings.actions_of(chat::client::Alt{U'.'}) == "page-up");
  REQUIRE(unset(settings, setting_named("keys.CTRL-T")));
  CHECK(bindings_of(settings).actions_of(Control{'t'}) == "try-now");
  CHECK_FALSE(unset(settings, setting_named("keys.Ctrl-T")));
}

TEST_CASE("a server is meant by its name, or by its address") {
  Settings settings;
  REQUIRE(set(settings, "nick", {"Ann"}));
  REQUIRE(set(settings, "rooms", {"cpp"}));
  REQUIRE(set(settings, "servers.work.address", {"chat.example:1338"}));
  REQUIRE(set(settings, "servers.work.nick", {"builder"}));
  CHECK(server_named(settings, "work").address == "chat.example:1338");
  CHECK(server_named(settings, "work").nickname == "builder");
  CHECK(server_named(settings, "work").rooms == std::vector<std::string>{"cpp"});
  CHECK(server_named(settings, "home").address == "home");
  CHECK(server_named(settings, "home").nickname == "Ann");
  REQUIRE(set(settings, "servers.work.rooms", {"ops", "ci"}));
  CHECK(server_named(settings, "work").rooms == std::vector<std::string>{"ops", "ci"});
  for (const char* field : {"servers.work.address", "servers.work.nick", "servers.work.rooms"})
    REQUIRE(unset(settings, setting_named(field)));
  CHECK(settings.servers.empty());
  CHECK_FALSE(unset(settings, setting_named("servers.work.nick")));
}
