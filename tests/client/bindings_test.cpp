#include "client/bindings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "client/input_rows.hpp"
#include "client/key_hints.hpp"
#include "client/key_name.hpp"
#include "tests/client/chatting.hpp"

using namespace chat::client;
using namespace chat::client::test;

namespace {

// What a key does to a line in which something was typed.
struct Typist {
  Model model = chatting_model();
  Prompt prompt;
  Bindings bindings;
  Configuration configuration;

  Typist() { prompt.type("one two"); }
  bool press(const Key& key) {
    Desk desk{.model = model,
              .prompt = prompt,
              .configuration = configuration,
              .chat_area = {},
              .input_width = kEndless,
              .screen_width = Columns{80},
              .now = kNoon};
    return bindings.run(key, desk);
  }
};

}  // namespace

TEST_CASE("every action has a name of its own in small letters, keys that exist, and a purpose") {
  std::set<std::string_view> names;
  for (const Action& action : actions()) {
    CAPTURE(action.name);
    CHECK(names.insert(action.name).second);
    CHECK(action.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
          std::string_view::npos);
    CHECK(std::ranges::none_of(keys_named(action.keys),
                               [](const Key& key) { return name_of(key).empty(); }));
    CHECK_FALSE(action.purpose.empty());
    CHECK(action_named(action.name) == &action);
  }
  CHECK(action_named("no-such-action") == nullptr);
}

TEST_CASE("a key does what it is bound to, and nothing else any more") {
  Typist ann;
  ann.bindings.bind(NamedKey::f5, *action_named("kill-to-start"));
  ann.bindings.bind(NamedKey::end, *action_named("line-start"));
  ann.press(NamedKey::end);
  CHECK(ann.prompt.editor().cursor() == 0);
  ann.press(Control{'e'});
  CHECK(ann.press(NamedKey::f5));
  CHECK(ann.prompt.text().empty());
}

TEST_CASE("a key that is bound to nothing does nothing") {
  Typist ann;
  CHECK_FALSE(ann.press(NamedKey::f12));
  ann.bindings.unbind(Control{'u'});
  CHECK_FALSE(ann.press(Control{'u'}));
  CHECK(ann.prompt.text() == "one two");
}

TEST_CASE("each action is told with its keys, or that no key does it") {
  Bindings bindings;
  bindings.unbind(*key_named("Alt-R"));
  const auto lines = bindings.explain();
  const auto is_told = [&](std::string_view line) {
    return std::ranges::find(lines, line) != lines.end();
  };
  CHECK(is_told("Left, Ctrl-B (left): moves back"));
  CHECK(is_told("No key (resend): sends again what was not sent, the last of it first"));
  CHECK(lines.size() == actions().size());
}

TEST_CASE("what /help says of keys is so") {
  Bindings bindings;
  CHECK(keys_in_help(bindings).starts_with("Keys: Tab completes, Up goes "));
  CHECK(keys_in_help(bindings).ends_with(", Ctrl-C quits. /keys lists all."));
  bindings.unbind(*key_named("Tab"));
  bindings.bind(*key_named("F5"), *action_named("quit"));
  bindings.unbind(*key_named("Ctrl-C"));
  CHECK(keys_in_help(bindings).starts_with("Keys: Up goes "));
  CHECK(keys_in_help(bindings).ends_with(", F5 quits. /keys lists all."));
}

TEST_CASE("of a key's actions the first runs whose time it is") {
  Typist ann;
  ann.press(Control{'a'});
  CHECK(ann.press(Control{'d'}));
  CHECK(ann.prompt.text() == "ne two");
  ann.prompt.discard();
  CHECK(ann.press(Control{'d'}));
  CHECK(ann.model.phase() == Phase::quitting);
}
