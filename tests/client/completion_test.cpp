#include "client/completion.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using chat::client::candidates_for;
using chat::client::Completion;
using chat::client::Editor;

namespace {

const std::vector<std::string> kNames{"Ann", "anton", "Lisa", "Öykü"};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a name is completed at the end of any line, upper or lower case alike") {
  CHECK(candidates_for("l", kNames).words == Words{"Lisa "});
  CHECK(candidates_for("hello AN", kNames).words == Words{"Ann ", "anton "});
  CHECK(candidates_for("hello AN", kNames).begin == 6);
  CHECK(candidates_for("ÖY", kNames).words == Words{"Öykü "});
  CHECK(candidates_for("x", kNames).words.empty());
}

TEST_CASE("a name is completed behind @ and /msg") {
  CHECK(candidates_for("@li", kNames).words == Words{"@Lisa "});
  CHECK(candidates_for("@", kNames).words.size() == kNames.size());
  CHECK(candidates_for("/msg li", kNames).words == Words{"Lisa "});
  CHECK(candidates_for("/msg ", kNames).words.size() == kNames.size());
}

TEST_CASE("a command is completed at the start of the line only") {
  CHECK(candidates_for("/he", kNames).words == Words{"/help "});
  CHECK(candidates_for("/m", kNames).words == Words{"/msg ", "/me "});
  CHECK(candidates_for("see /he", kNames).words.empty());
}

TEST_CASE("an empty word is not completed") {
  CHECK(candidates_for("", kNames).words.empty());
  CHECK(candidates_for("hello ", kNames).words.empty());
}

TEST_CASE("Tab goes round the candidates until another key comes") {
  Completion completion;
  Editor editor;
  editor.set("hi an, how are you");
  editor.home();
  editor.word_right();
  editor.word_right();
  editor.left();  // before the comma
  REQUIRE(completion.next(editor, kNames));
  CHECK(editor.text() == "hi Ann , how are you");
  REQUIRE(completion.next(editor, kNames));
  CHECK(editor.text() == "hi anton , how are you");
  REQUIRE(completion.next(editor, kNames));
  CHECK(editor.text() == "hi Ann , how are you");
  completion.reset();
  CHECK_FALSE(completion.next(editor, kNames));
}
