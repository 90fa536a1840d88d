#include "client/scrollback.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using chat::WallTime;
using namespace chat::client;

namespace {

constexpr Size kArea{Columns{40}, Rows{4}};

void say(Scrollback& lines, const std::string& text) {
  lines.append(Line{.kind = LineKind::message, .text = text});
}

Scrollback numbered(int count) {
  Scrollback lines;
  for (int i = 1; i <= count; ++i)
    say(lines, std::to_string(i));
  return lines;
}

// What is to be read, in one line.
std::string shown(const Scrollback& lines, Size area = kArea) {
  std::string all;
  for (const auto& row : lines.visible(area)) {
    all += all.empty() ? "" : "|";
    all += row.text;
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

TEST_CASE("where all that was being read has gone, nothing is shown, and then what comes") {
  const Line pending{.kind = LineKind::pending, .text = std::string(200, 'x'), .time = {1}};
  Scrollback lines(Scrollback::FirstDay::always);
  lines.set_pending({pending});
  // To its text, or to the day above it.
  SUBCASE("") {
    lines.page_up(kArea, Rows{1});
  }
  SUBCASE("") {
    lines.page_up(kArea);
  }
  REQUIRE_FALSE(lines.at_end());
  lines.set_pending({});
  CHECK(shown(lines) == "");
  lines.page_up(kArea);
  lines.page_down(kArea);
  CHECK(lines.at_end());
  say(lines, "1");
  CHECK(shown(lines) == "1");
}

TEST_CASE("new messages do not move what is being read, and are counted") {
  Scrollback lines = numbered(9);
  lines.page_up(kArea);
  say(lines, "10");
  lines.append(Line{.kind = LineKind::event, .text = "somebody joined"});
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
  for (std::size_t i = 0; i < HeldLines::kMaxLines; ++i)
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
  CHECK(rows * text.size() <= HeldLines::kMaxBytes);
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

// --- older lines ---------------------------------------------------------------------------------

namespace {

Line message(std::uint64_t number) {
  return {.kind = LineKind::message, .text = "m" + std::to_string(number), .number = {number}};
}

std::vector<Line> messages(std::uint64_t first, std::uint64_t last) {
  std::vector<Line> all;
  for (std::uint64_t number = first; number <= last; ++number)
    all.push_back(message(number));
  return all;
}

void tell(Scrollback& lines, const std::string& text) {
  lines.append(Line{.kind = LineKind::event, .text = text});
}

}  // namespace

TEST_CASE("messages come where their numbers belong, and none twice") {
  Scrollback lines;
  lines.append(message(5));
  tell(lines, "event");
  lines.append(message(8));
  lines.insert({message(3), message(5), message(6), message(9)});
  CHECK(shown(lines, {Columns{40}, Rows{9}}) == "m3|m5|event|m6|m8|m9");
}

TEST_CASE("older messages stand above what came with the room, newer ones below the divide") {
  Scrollback lines;
  tell(lines, "welcome");
  lines.insert(messages(1, 2));
  tell(lines, "lost");
  lines.divide();
  tell(lines, "back");
  lines.insert(messages(3, 4));
  lines.insert(messages(5, 5));
  lines.append(message(7));
  lines.insert(messages(6, 6));
  CHECK(shown(lines, {Columns{40}, Rows{20}}) == "m1|m2|welcome|lost|m3|m4|m5|m6|back|m7");
}

TEST_CASE("messages whose numbers mean nothing any more stay where they are") {
  Scrollback lines;
  lines.append(message(5));
  lines.forget_numbers();
  lines.insert({message(3)});
  CHECK(lines.first_number() == chat::Sequence{3});
  lines.append(message(6));
  CHECK(lines.messages_behind({3}) == 1);
}

TEST_CASE("what is being read stays when older lines come in above, or into the area") {
  Scrollback lines;
  lines.insert(messages(11, 20));
  SUBCASE("above") {
    lines.page_up(kArea);
    CHECK(shown(lines) == "m14|m15|m16|m17");
    lines.insert(messages(1, 10));
    CHECK(shown(lines) == "m14|m15|m16|m17");
  }
  SUBCASE("at its top") {
    lines.page_up({Columns{40}, Rows{50}});
    for (int i = 0; i < 5; ++i)
      lines.page_up(kArea);
    CHECK(shown(lines) == "m11|m12|m13|m14");
    lines.insert(messages(1, 10));
    CHECK(shown(lines) == "m11|m12|m13|m14");
    lines.page_up(kArea);
    CHECK(shown(lines) == "m8|m9|m10|m11");
  }
  SUBCASE("below a line that stays above them") {
    Scrollback other;
    tell(other, "void");
    other.divide();
    other.insert(messages(11, 20));
    for (int i = 0; i < 5; ++i)
      other.page_up(kArea);
    CHECK(shown(other) == "void|m11|m12|m13");
    other.insert(messages(1, 10));
    CHECK(shown(other) == "m10|m11|m12|m13");
  }
  SUBCASE("below the area") {
    for (int i = 0; i < 5; ++i)
      lines.page_up(kArea);
    lines.insert({message(30)});
    lines.insert({message(25)});
    CHECK(shown(lines) == "m11|m12|m13|m14");
  }
}

TEST_CASE("what is read stays in a narrow area, too, where a message has many rows") {
  constexpr Size kNarrow{Columns{8}, Rows{3}};
  Scrollback lines;
  lines.insert(messages(100, 110));
  for (int i = 0; i < 30; ++i)
    lines.page_up(kNarrow);
  const std::string before = shown(lines, kNarrow);
  lines.insert(messages(50, 99));
  CHECK(shown(lines, kNarrow) == before);
}

TEST_CASE("the lines on the far side are forgotten when there are too many") {
  Scrollback lines;
  lines.insert(messages(10'001, 20'000));
  SUBCASE("the newest") {
    lines.insert(messages(9'901, 10'000), HeldLines::Forget::last);
    CHECK(lines.first_number() == chat::Sequence{9'901});
    CHECK(lines.last_number() == chat::Sequence{19'900});
  }
  SUBCASE("the oldest") {
    lines.insert(messages(20'001, 20'100), HeldLines::Forget::first);
    CHECK(lines.first_number() == chat::Sequence{10'101});
    CHECK(lines.last_number() == chat::Sequence{20'100});
  }
  CHECK(lines.visible({Columns{40}, Rows{20'000}}).size() == HeldLines::kMaxLines);
}

TEST_CASE("a message can be shown with what is around it") {
  Scrollback lines;
  lines.insert(messages(1, 20));
  CHECK(lines.show({10}, kArea, 2));
  CHECK(shown(lines) == "m8|m9|m10|m11");
  CHECK_FALSE(lines.at_end());
  CHECK(lines.show({1}, kArea, 2));
  CHECK(shown(lines) == "m1|m2|m3|m4");
  CHECK(lines.show({20}, kArea, 2));
  CHECK(shown(lines) == "m17|m18|m19|m20");
  CHECK_FALSE(lines.show({21}, kArea, 2));
}

TEST_CASE("all of a message is shown with what is around it, where it is not too long for that") {
  Scrollback lines;
  lines.insert(messages(1, 9));
  const std::string begin(30, 'x');
  const std::string end(30, 'y');
  auto message_10 = message(10);
  message_10.text = begin + " " + end;
  lines.insert({message_10});
  lines.insert(messages(11, 20));
  CHECK(lines.show({10}, {Columns{40}, Rows{3}}, 1));
  CHECK(shown(lines, {Columns{40}, Rows{3}}) == "m9|" + begin + "|" + end);
  CHECK(lines.show({10}, {Columns{40}, Rows{2}}, 1));
  CHECK(shown(lines, {Columns{40}, Rows{2}}) == begin + "|" + end);
  CHECK(lines.show({10}, {Columns{40}, Rows{1}}, 1));
  CHECK(shown(lines, {Columns{40}, Rows{1}}) == begin);
}

TEST_CASE("what is at the end can be held there while more comes in below") {
  Scrollback lines;
  lines.insert(messages(1, 9));
  lines.stay(kArea);
  lines.insert(messages(10, 20));
  CHECK(shown(lines) == "m6|m7|m8|m9");
}

TEST_CASE("a line's time is told by the clock") {
  CHECK(clock_of(make_line(LineKind::event, WallTime{(12 * 60 + 3) * 60'000}, "x").time) ==
        "12:03");
}

// --- days ----------------------------------------------------------------------------------------

namespace {

constexpr std::int64_t kDay = 24 * 3'600'000;

// The message with this number, said on a day of 1970.
Line message_of(std::uint64_t number, std::int64_t day) {
  Line line = message(number);
  line.time = WallTime{day * kDay + kDay / 2};
  return line;
}

// The rows, with "=" and the day of the month where a day is told.
std::string with_days(const Scrollback& lines, Size area = kArea) {
  std::string all;
  for (const auto& row : lines.visible(area)) {
    all += all.empty() ? "" : "|";
    if (row.part == ChatRow::Part::day)
      all += "=" + day_of(row.line->time, Columns{6});
    else
      all += row.text;
  }
  return all;
}

}  // namespace

TEST_CASE("where the day changes a row tells it, and above the first line when there are several") {
  Scrollback lines;
  lines.append(message_of(1, 0));
  lines.append(message_of(2, 0));
  CHECK(with_days(lines) == "m1|m2");
  lines.append(message_of(3, 1));
  CHECK(with_days(lines, {Columns{40}, Rows{9}}) == "=1 Jan|m1|m2|=2 Jan|m3");
  CHECK(with_days(lines) == "m1|m2|=2 Jan|m3");
  lines.append(Line{.kind = LineKind::event, .text = "when?"});
  lines.append(message_of(4, 1));
  CHECK(with_days(lines, {Columns{40}, Rows{9}}) == "=1 Jan|m1|m2|=2 Jan|m3|when?|m4");
}

TEST_CASE("a part of the past always tells its first day") {
  Scrollback lines(Scrollback::FirstDay::always);
  lines.append(message_of(1, 0));
  CHECK(with_days(lines) == "=1 Jan|m1");
}

TEST_CASE("days are right when older lines come in above") {
  Scrollback lines;
  lines.insert({message_of(10, 3), message_of(11, 3)});
  lines.insert({message_of(8, 1), message_of(9, 2)});
  CHECK(with_days(lines, {Columns{40}, Rows{9}}) == "=2 Jan|m8|=3 Jan|m9|=4 Jan|m10|m11");
  lines.insert({message_of(7, 1)});
  CHECK(with_days(lines, {Columns{40}, Rows{9}}) == "=2 Jan|m7|m8|=3 Jan|m9|=4 Jan|m10|m11");
}

TEST_CASE("what is being read stays where it is among days") {
  Scrollback lines;
  for (std::uint64_t number = 11; number <= 20; ++number)
    lines.insert({message_of(number, static_cast<std::int64_t>(number / 3))});
  CHECK(with_days(lines) == "=7 Jan|m18|m19|m20");
  lines.page_up(kArea);
  CHECK(with_days(lines) == "m15|m16|m17|=7 Jan");
  lines.page_up(kArea);
  CHECK(with_days(lines) == "m13|m14|=6 Jan|m15");
  lines.insert({message_of(1, 0), message_of(2, 3)});
  lines.append(message_of(21, 7));
  CHECK(with_days(lines) == "m13|m14|=6 Jan|m15");
  lines.page_down(kArea);
  CHECK(with_days(lines) == "m15|m16|m17|=7 Jan");
  for (int i = 0; i < 9; ++i)
    lines.page_up(kArea);
  CHECK(with_days(lines) == "=1 Jan|m1|=4 Jan|m2");
  CHECK(lines.show({18}, kArea, 1));
  CHECK(with_days(lines) == "=7 Jan|m18|m19|m20");
}

TEST_CASE("a day is told in as many words as there is room for") {
  constexpr WallTime kNoon{kDay / 2};
  CHECK(day_of(kNoon, Columns{24}) == "Thursday, 1 January 1970");
  CHECK(day_of(kNoon, Columns{23}) == "Thu 1 Jan 1970");
  CHECK(day_of(kNoon, Columns{13}) == "1 Jan");
  CHECK(day_of(kNoon, Columns{0}) == "1 Jan");
}
