// Any keys in any order: what holds whatever is pressed.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "client/glyph.hpp"
#include "client/input_rows.hpp"
#include "client/input_view.hpp"
#include "client/key_name.hpp"
#include "client/view.hpp"
#include "libchat/text.hpp"
#include "libchat/utf8.hpp"
#include "tests/client/bound_keys.hpp"
#include "tests/client/chatting.hpp"
#include "tests/client/dice.hpp"
#include "tests/client/screen_check.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

// What joins with its neighbours, is wide, or is not shown as it is.
constexpr std::array<std::string_view, 18> kPieces = {
    "a",      "word ",  " ",      "\u0301", "\u200D",     "\U0001F1E9",
    "日本",   "한",     "\u1112", "\u1161", "\U0001F468", "\U0001F3FD",
    "\u202E", "\u009B", "\uFE0F", "\u0600", "@Lisa ",     "/join "};

std::string any_text(Dice& dice, bool has_lines) {
  std::string text;
  for (std::size_t i = dice.below(12); i > 0; --i)
    text += has_lines && dice.below(4) == 0 ? "\n" : std::string(dice.one_of(kPieces));
  return text;
}

Key any_key(Dice& dice, const std::vector<Key>& bound) {
  switch (dice.below(8)) {
    case 0:
    case 1:
    case 2:
      return Typed{any_text(dice, false) + "x"};
    case 3:
      return Pasted{any_text(dice, true)};
    default:
      return dice.one_of(bound);
  }
}

bool is_boundary(std::string_view text, std::size_t offset) {
  std::size_t at = 0;
  while (at < offset)
    at += first_grapheme(text.substr(at));
  return at == offset;
}

void check_editor(const Editor& editor) {
  REQUIRE(is_valid_utf8(editor.text()));
  REQUIRE(editor.text().size() <= kMaxInputBytes);
  REQUIRE(editor.cursor() <= editor.text().size());
  REQUIRE(is_boundary(editor.text(), editor.cursor()));
}

// Every byte but line breaks stands in one row, and each row leaves room for the cursor.
void check_rows(std::string_view text, Columns width) {
  std::size_t next = 0;
  for (const auto& [begin, end] : input_rows(text, width)) {
    REQUIRE((begin == next || (begin == next + 1 && text[next] == '\n')));
    std::string_view row = text.substr(begin, end - begin);
    REQUIRE(row.find('\n') == row.npos);
    const bool is_one_cluster = !row.empty() && take_cluster(row).size() == end - begin;
    REQUIRE((is_one_cluster || width_of(text.substr(begin, end - begin)) < width));
    next = end;
  }
  REQUIRE(next == text.size());
}

}  // namespace

TEST_CASE("whatever is pressed, the cursor stands between clusters, and the input in its rows") {
  const auto bound = bound_keys();
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Model model = chatting_model();
    Controller controller(model);
    for (int i = 0; i < 150; ++i) {
      const Size size{Columns{1 + static_cast<int>(dice.below(dice.flip() ? 40 : 130))},
                      Rows{1 + static_cast<int>(dice.below(15))}};
      const Key key = any_key(dice, bound);
      CAPTURE(i);
      CAPTURE(name_of(key));
      const InputShape input = input_shape(model, controller.prompt(), size);
      controller.press(key, layout_for(size, input.rows).chat.size, kNoon, input.wrap_at);
      const Editor& editor = controller.prompt().editor();
      check_editor(editor);
      check_rows(editor.text(), size.width);
      REQUIRE(fault_of(compose(model, controller, size), size) == "");
      model.take_outgoing();
    }
  }
}

TEST_CASE("undoing everything leads back to nothing, and making it again to what there was") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Editor editor;
    constexpr std::array kErase = {&Editor::erase_left,      &Editor::erase_right,
                                   &Editor::erase_word_left, &Editor::erase_word_right,
                                   &Editor::erase_to_start,  &Editor::erase_to_end};
    constexpr std::array kMove = {&Editor::left, &Editor::right, &Editor::word_left, &Editor::end};
    for (int i = 0; i < 50; ++i) {
      const std::size_t what = dice.below(4);
      if (what == 0)
        (editor.*dice.one_of(kErase))();
      else if (what == 1)
        (editor.*dice.one_of(kMove))();
      else if (what == 2)
        editor.type(any_text(dice, false));
      else
        editor.insert(any_text(dice, true));
    }
    const std::string text = editor.text();
    for (int i = 0; i < 50; ++i) {
      editor.undo();
      check_editor(editor);
    }
    REQUIRE(editor.empty());
    for (int i = 0; i < 50; ++i) {
      editor.redo();
      check_editor(editor);
    }
    REQUIRE(editor.text() == text);
  }
}
