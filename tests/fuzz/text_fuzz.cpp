// Any bytes as a name, and as a text on a screen of any width.
#include <utf8proc.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "client/glyph.hpp"
#include "client/locale.hpp"
#include "client/wrap.hpp"
#include "libchat/bytes.hpp"
#include "libchat/name.hpp"
#include "libchat/text.hpp"
#include "libchat/utf8.hpp"
#include "tests/fuzz/expect.hpp"
#include "tests/fuzz/input.hpp"

namespace chat::fuzz {
namespace {

template <class Visit>
void for_each_code_point(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const CodePoint first = first_code_point(text);
    expect(first.bytes > 0 && first.bytes <= text.size(), "a code point's length");
    visit(first.value);
    text.remove_prefix(first.bytes);
  }
}

// Text is UTF-8 when its code points, written again, are the same bytes.
void check_utf8(std::string_view text) {
  std::string again;
  for_each_code_point(text, [&](char32_t c) { append_utf8(again, c); });
  expect(is_valid_utf8(again), "code points are not written as UTF-8");
  expect(is_valid_utf8(text) == (again == text), "UTF-8 is told otherwise by its code points");
}

void check_name(std::string_view text) {
  const auto name = Nickname::make(text);
  expect(RoomName::make(text).has_value() == name.has_value(), "names of rooms have other rules");
  if (!name) {
    expect(!describe(name.error()).empty(), "nothing is said about a wrong name");
    return;
  }
  expect(is_valid_utf8(name->shown()) && is_valid_utf8(name->folded()), "a name is no UTF-8");
  expect(!name->shown().empty() && name->shown().size() <= kMaxNameBytes, "a name's length");
  expect(!name->folded().empty() && name->folded().size() <= kMaxNameBytes,
         "a folded name's length");
  expect(harmless(name->shown()) == name->shown(), "a name has control characters");
  int columns = 0;
  for_each_code_point(name->shown(), [&](char32_t c) {
    columns += utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
  });
  expect(columns > 0 && columns <= static_cast<int>(kMaxNameColumns), "a name's width");
  const auto again = Nickname::make(name->shown());
  expect(again && again->shown() == name->shown() && *again == *name,
         "a name is another one when it is made again");
}

void check_harmless(std::string_view text) {
  const std::string shown = harmless(text);
  expect(is_valid_utf8(shown), "a text for a screen is no UTF-8");
  for_each_code_point(shown, [](char32_t c) {
    expect(!is_control(c), "a text for a screen has control characters");
  });
  expect(harmless(shown) == shown, "what is harmless is changed");
}

void check_clusters(std::string_view text) {
  std::size_t last = 0;
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(last)) {
    last = first_grapheme(rest);
    expect(last > 0 && last <= rest.size(), "a cluster is empty, or longer than the text");
  }
  expect(last_grapheme(text) == last, "the last cluster is another one from behind");
}

void check_glyphs(std::string_view text) {
  client::Columns width;
  for (std::string_view rest = text; !rest.empty();) {
    const client::Glyph glyph = client::glyph_of(client::take_cluster(rest));
    expect(glyph.width > client::Columns{} && glyph.width <= client::kMaxGlyphWidth,
           "a glyph's width");
    expect(harmless(glyph.text) == glyph.text, "a glyph has control characters");
    width += glyph.width;
  }
  expect(client::width_of(text) == width, "a text is not as wide as its glyphs");
}

bool is_line_break(std::string_view cluster) {
  return cluster == "\n" || cluster == "\r\n";
}

// Spaces and line breaks alone are dropped.
bool may_be_dropped(std::string_view text) {
  while (!text.empty()) {
    const std::string_view cluster = client::take_cluster(text);
    if (cluster != " " && !is_line_break(cluster))
      return false;
  }
  return true;
}

bool has_line_break(std::string_view text) {
  while (!text.empty())
    if (is_line_break(client::take_cluster(text)))
      return true;
  return false;
}

std::string_view without_last_spaces(std::string_view row) {
  return row.substr(0, row.find_last_not_of(' ') + 1);
}

// Nothing but spaces and line breaks is dropped between rows; spaces alone stand beyond the edge.
void check_wrapping(std::string_view text, client::Columns first, client::Columns next) {
  std::size_t shown = 0;
  client::Columns width = first;
  for (const std::string_view row : client::wrap(text, first, next)) {
    const auto begin = static_cast<std::size_t>(row.data() - text.data());
    expect(begin >= shown && begin + row.size() <= text.size(), "rows are not in order");
    expect(may_be_dropped(text.substr(shown, begin - shown)), "a part of the text is in no row");
    shown = begin + row.size();
    expect(!has_line_break(row), "a row has a line break");
    std::string_view rest = row;
    const bool stands_alone = !row.empty() && client::take_cluster(rest).size() == row.size();
    expect(stands_alone || client::width_of(without_last_spaces(row)) <= width,
           "a row is wider than the screen");
    width = next;
  }
  expect(may_be_dropped(text.substr(shown)), "the end of the text is in no row");
}

void play(Input input) {
  const client::Columns first{1 + input.byte() % 100}, next{1 + input.byte() % 100};
  const std::string_view text = as_text(input.take_all());
  check_utf8(text);
  check_name(text);
  check_harmless(text);
  check_clusters(text);
  check_glyphs(text);
  check_wrapping(text, first, next);
  check_wrapping(harmless(text), first, next);
}

}  // namespace
}  // namespace chat::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  chat::client::use_utf8_locale();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chat::fuzz::play(chat::fuzz::Input({data, size}));
  return 0;
}
