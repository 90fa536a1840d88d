#include "client/completion.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using chat::client::candidates_for;
using chat::client::Completion;
using chat::client::Editor;
using chat::client::Vocabulary;

namespace {

const Vocabulary kKnown{.names = {"Ann", "anton", "Lisa", "Öykü"},
                        .rooms = {"lobby", "garden", "Gallery"},
                        .partners = {"Lisa", "Gabi"}};
constexpr auto kForwards = Completion::Direction::forwards;
constexpr auto kBackwards = Completion::Direction::backwards;

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a name is completed at the end of any line, upper or lower case alike") {
  CHECK(candidates_for("hi l", kKnown).words == Words{"Lisa "});
  CHECK(candidates_for("hello AN", kKnown).words == Words{"Ann ", "anton "});
  CHECK(candidates_for("hello AN", kKnown).begin == 6);
  CHECK(candidates_for("hi ÖY", kKnown).words == Words{"Öykü "});
  CHECK(candidates_for("x", kKnown).words.empty());
}

TEST_CASE("a name at the start gets a colon: somebody is addressed") {
  CHECK(candidates_for("l", kKnown).words == Words{"Lisa: "});
  CHECK(candidates_for("first line\nl", kKnown).words == Words{"Lisa "});
}

TEST_CASE("the argument of a command is completed to what it wants") {
  CHECK(candidates_for("/join ga", kKnown).words == Words{"garden ", "Gallery "});
  CHECK(candidates_for("/join ", kKnown).words.size() == kKnown.rooms.size());
  CHECK(candidates_for("/leave l", kKnown).words == Words{"lobby "});
  CHECK(candidates_for("/join garden l", kKnown).words == Words{"Lisa "});
  CHECK(candidates_for("/who ", kKnown).words.empty());
  CHECK(candidates_for("/nosuch l", kKnown).words == Words{"Lisa "});
  CHECK(candidates_for("see /join ga", kKnown).words.empty());
}

TEST_CASE("behind /go rooms and conversations are completed") {
  CHECK(candidates_for("/go l", kKnown).words == Words{"lobby ", "@Lisa "});
  CHECK(candidates_for("/go @li", kKnown).words == Words{"@Lisa "});
  CHECK(candidates_for("/go ga", kKnown).words == Words{"garden ", "Gallery ", "@Gabi "});
  CHECK(candidates_for("/go @an", kKnown).words.empty());
  CHECK(candidates_for("/go ", kKnown).words.size() == 5);
}

TEST_CASE("a name is completed behind @ and /msg") {
  CHECK(candidates_for("@li", kKnown).words == Words{"@Lisa "});
  CHECK(candidates_for("@", kKnown).words.size() == kKnown.names.size());
  CHECK(candidates_for("/msg li", kKnown).words == Words{"Lisa "});
  CHECK(candidates_for("/msg ", kKnown).words.size() == kKnown.names.size());
}

TEST_CASE("a command is completed at the start of the line only") {
  CHECK(candidates_for("/he", kKnown).words == Words{"/help "});
  CHECK(candidates_for("/m", kKnown).words == Words{"/msg ", "/me "});
  CHECK(candidates_for("see /he", kKnown).words.empty());
}

TEST_CASE("an empty word is not completed") {
  CHECK(candidates_for("", kKnown).words.empty());
  CHECK(candidates_for("hello ", kKnown).words.empty());
}

TEST_CASE("Tab goes round the candidates until another key comes") {
  Completion completion;
  Editor editor;
  editor.set("hi an, how are you");
  editor.home();
  editor.word_right();
  editor.word_right();
  editor.left();  // before the comma
  REQUIRE(completion.next(editor, kKnown, kForwards));
  CHECK(editor.text() == "hi Ann , how are you");
  REQUIRE(completion.next(editor, kKnown, kForwards));
  CHECK(editor.text() == "hi anton , how are you");
  REQUIRE(completion.next(editor, kKnown, kForwards));
  CHECK(editor.text() == "hi Ann , how are you");
  completion.reset();
  CHECK_FALSE(completion.next(editor, kKnown, kForwards));
}

TEST_CASE("Shift-Tab goes round backwards") {
  Completion completion;
  Editor editor;
  editor.set("hi an");
  REQUIRE(completion.next(editor, kKnown, kBackwards));
  CHECK(editor.text() == "hi anton ");
  REQUIRE(completion.next(editor, kKnown, kBackwards));
  CHECK(editor.text() == "hi Ann ");
  REQUIRE(completion.next(editor, kKnown, kBackwards));
  CHECK(editor.text() == "hi anton ");
  REQUIRE(completion.next(editor, kKnown, kForwards));
  CHECK(editor.text() == "hi Ann ");
}
