#include "client/scrollback.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using chat::WallTime;
using namespace chat::client;

namespace {

constexpr Size kArea{Columns{40}, Rows{4}};

void say(Scrollback& lines, const std::string& text) {
  lines.append(Line{LineKind::message, "00:00 " + text});
}

Scrollback numbered(int count) {
  Scrollback lines;
  for (int i = 1; i <= count; ++i)
    say(lines, std::to_string(i));
  return lines;
}

// What is to be read, without the times, in one line.
std::string shown(const Scrollback& lines, Size area = kArea) {
  std::string all;
  for (const auto& row : lines.visible(area)) {
    all += all.empty() ? "" : "|";
    all += row.text.substr(row.first ? std::min<std::size_t>(6, row.text.size()) : 0);
  }
  return all;
}

}  // namespace

TEST_CASE("the end is shown") {
  CHECK(shown(numbered(0)) == "");
  CHECK(shown(numbered(2)) == "1|2");
  CHECK(shown(numbered(9)) == "6|7|8|9");
}

TEST_CASE("pages overlap by a row and end at the ends") {
  Scrollback lines = numbered(9);
  lines.page_up(kArea);
  CHECK(shown(lines) == "3|4|5|6");
  lines.page_up(kArea);
  CHECK(shown(lines) == "1|2|3|4");
  lines.page_up(kArea);
  CHECK(shown(lines) == "1|2|3|4");
  lines.page_down(kArea);
  CHECK(shown(lines) == "4|5|6|7");
  CHECK_FALSE(lines.at_end());
  lines.page_down(kArea);
  CHECK(shown(lines) == "6|7|8|9");
  CHECK(lines.at_end());
}

TEST_CASE("what fits cannot be scrolled") {
  Scrollback lines = numbered(3);
  lines.page_up(kArea);
  CHECK(lines.at_end());
}

TEST_CASE("new messages do not move what is being read, and are counted") {
  Scrollback lines = numbered(9);
  lines.page_up(kArea);
  say(lines, "10");
  lines.append(Line{LineKind::event, "00:00 somebody joined"});
  say(lines, "12");
  CHECK(shown(lines) == "3|4|5|6");
  CHECK(lines.new_below() == 2);
  lines.to_end();
  CHECK(lines.new_below() == 0);
  say(lines, "13");
  CHECK(lines.new_below() == 0);
}

TEST_CASE("what is being read stays when the area's size changes") {
  Scrollback lines;
  for (int i = 1; i <= 9; ++i)
    say(lines, std::to_string(i) + " aaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbb");
  lines.page_up(kArea);
  const std::string before = shown(lines);
  CHECK(before.starts_with("bbbbbbbbbbbbbbbbbbb|7 aaaaaaaaaaaaaaaaaaa|"));
  CHECK(shown(lines, {Columns{80}, Rows{3}}).starts_with("6 aaa"));
  CHECK(lines.visible({Columns{1}, Rows{1}}).size() == 1);
  CHECK(lines.visible({Columns{0}, Rows{0}}).empty());
  CHECK(shown(lines) == before);
}

TEST_CASE("the oldest lines are forgotten, also while they are being read") {
  Scrollback lines = numbered(9);
  lines.page_up(kArea);
  lines.page_up(kArea);
  for (std::size_t i = 0; i < Scrollback::kMaxLines; ++i)
    say(lines, "new " + std::to_string(i));
  CHECK(shown(lines) == "new 0|new 1|new 2|new 3");
}

TEST_CASE("long lines are forgotten before they take too much memory") {
  Scrollback lines;
  const std::string text(16'000, 'x');
  for (int i = 0; i < 1000; ++i)
    say(lines, text);
  const auto rows = lines.visible({Columns{20'000}, Rows{2000}}).size();
  CHECK(rows > 200);
  CHECK(rows * text.size() <= Scrollback::kMaxBytes);
  lines.clear();
  say(lines, text);
  CHECK(lines.visible({Columns{20'000}, Rows{2000}}).size() == 1);
}

TEST_CASE("clearing leaves nothing") {
  Scrollback lines = numbered(9);
  lines.page_up(kArea);
  lines.clear();
  CHECK(shown(lines) == "");
  CHECK(lines.at_end());
  say(lines, "x");
  CHECK(shown(lines) == "x");
}

TEST_CASE("a line begins with the time of day") {
  CHECK(make_line(LineKind::event, WallTime{(12 * 60 + 3) * 60'000}, "x").text == "12:03 x");
}
