#include "client/line_search.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "client/controller.hpp"
#include "client/view.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

LineSearch search_for(std::string_view words) {
  LineSearch search(true);
  search.add(words);
  return search;
}

// A model with messages "m1", "m2" and so on, in a chat area of three rows.
struct Reader {
  static constexpr Size kScreen{Columns{50}, Rows{6}};
  static constexpr Size kArea{Columns{50}, Rows{3}};

  Model model = chatting_model();
  Controller controller{model};

  explicit Reader(int messages) {
    submit(model, "/clear");
    for (int i = 1; i <= messages; ++i)
      post(model, kLobby, kLisa, "Lisa", "m" + std::to_string(i));
  }

  void press(const Key& key) { controller.press(key, kArea, kNoon); }
  std::vector<std::string> shown() const {
    std::vector<std::string> all;
    for (const auto& row : model.scrollback().visible(kArea))
      all.emplace_back(row.text);
    return all;
  }
  std::string picture() const { return text_of(compose(model, controller, kScreen)); }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("what is looked for is found whatever its case, and marked by whole clusters") {
  CHECK(search_for("STRASSE").is_in("Die Straße"));
  CHECK_FALSE(search_for("").is_in("x"));
  CHECK(search_for("ab").parts_of("xABab ab") == std::vector<TextSpan>{{1, 3}, {3, 5}, {6, 8}});
  CHECK(search_for("s").parts_of("ß") == std::vector<TextSpan>{{0, 2}, {0, 2}});
  CHECK(search_for("a").parts_of("\xFF"
                                 "a") == std::vector<TextSpan>{{1, 2}});
}

TEST_CASE("typing finds the newest line, and the keys go on to older and newer ones") {
  Reader ann(30);
  ann.press(Control{'f'});
  ann.press(Typed{"m1"});
  CHECK(ann.shown() == Lines{"<Lisa> m18", "<Lisa> m19", "<Lisa> m20"});
  CHECK(compose(ann.model, ann.controller, Reader::kScreen).at({Rows{2}, Columns{13}}).ink ==
        Ink(Style::hit));
  CHECK(ann.picture().find("Find: m1 · Enter: older · Down: newer · Esc ends") !=
        std::string::npos);
  ann.press(NamedKey::enter);
  CHECK(ann.shown() == Lines{"<Lisa> m17", "<Lisa> m18", "<Lisa> m19"});
  ann.press(NamedKey::down);
  CHECK(ann.shown() == Lines{"<Lisa> m18", "<Lisa> m19", "<Lisa> m20"});
  ann.press(NamedKey::down);
  CHECK(ann.picture().find("Nothing newer: m1") != std::string::npos);
  ann.press(Typed{"2"});
  CHECK(ann.shown() == Lines{"<Lisa> m11", "<Lisa> m12", "<Lisa> m13"});
  ann.press(NamedKey::backspace);
  CHECK(ann.shown() == Lines{"<Lisa> m11", "<Lisa> m12", "<Lisa> m13"});
  ann.press(NamedKey::escape);
  CHECK(ann.model.scrollback().at_end());
  CHECK(ann.controller.prompt().text().empty());
}

TEST_CASE("where the lines end, it says so") {
  Reader ann(3);
  ann.press(Control{'f'});
  ann.press(Typed{"xyz"});
  CHECK(ann.picture().find("Nothing older: xyz · /search asks the server") != std::string::npos);
  ann.press(NamedKey::escape);
  ann.press(Typed{"xyz"});
  CHECK(ann.controller.prompt().text() == "xyz");
}

TEST_CASE("whoever was reading further up stays where it was found") {
  Reader ann(30);
  ann.press(NamedKey::page_up);
  ann.press(Control{'f'});
  ann.press(Typed{"m5"});
  ann.press(NamedKey::escape);
  CHECK_FALSE(ann.model.scrollback().at_end());
  CHECK(ann.shown() == Lines{"<Lisa> m4", "<Lisa> m5", "<Lisa> m6"});
}

TEST_CASE("looking for something ends with the room being left") {
  Reader ann(3);
  submit(ann.model, "/join cpp");
  open_room(ann.model, sent<protocol::Join>(ann.model)->request, {2}, "cpp", {{kMe, "Ann"}});
  ann.press(Control{'f'});
  ann.press(Alt{U'1'});
  CHECK(ann.model.line_search() == nullptr);
  CHECK(ann.model.scrollback().at_end());
}
