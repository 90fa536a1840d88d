#include "client/plain_text.hpp"

#include <doctest/doctest.h>

#include "client/held_lines.hpp"
#include "client/wording.hpp"

using namespace chat;
using namespace chat::client;

namespace {

constexpr WallTime kNoon{12 * 3'600'000};

Line said_by_bob(std::string_view text) {
  return said_line(LineKind::message, kNoon, MessageKind::text, "Bob", text);
}

Line numbered(std::uint64_t number) {
  Line line = make_line(LineKind::message, kNoon, std::to_string(number));
  line.number = {number};
  return line;
}

std::string texts_of(const std::vector<Line>& lines) {
  std::string texts;
  for (const Line& line : lines)
    texts += line.text + " ";
  return texts;
}

}  // namespace

TEST_CASE("a plain line names the speaker, and the room when it is another one") {
  CHECK(plain_line(said_by_bob("hi <there>"), "", false) == "Bob: hi <there>");
  CHECK(plain_line(said_by_bob("hi"), "cpp", false) == "[cpp] Bob: hi");
  CHECK(plain_line(said_by_bob("hi"), "cpp", true) == "12:00 [cpp] Bob: hi");
  CHECK(plain_line(make_line(LineKind::event, kNoon, "→ Bob joined"), "", false) == "→ Bob joined");
  CHECK(plain_line(make_line_without_time(LineKind::notice, "/who"), "", true) == "/who");
}

TEST_CASE("an action stays as it is") {
  const Line line = said_line(LineKind::message, kNoon, MessageKind::action, "Bob", "waves");
  CHECK(plain_line(line, "", false) == "* Bob waves");
}

TEST_CASE("nothing in a plain line controls a terminal, or looks like another line") {
  CHECK(plain_line(said_by_bob("\x1b[31mred\x07\u009b\u202E"), "", false) ==
        "Bob: ␛[31mred␇\uFFFD\uFFFD");
  CHECK(plain_line(said_by_bob("hi\n[cpp] Eve: I am Eve"), "", false) ==
        "Bob: hi\n  [cpp] Eve: I am Eve");
  CHECK(plain_text("a\n\nb\n") == "a\n  \n  b\n  ");
}

TEST_CASE("what was found is told with its time and place") {
  const protocol::SearchHit hit{.room = {},
                                .sequence = {1},
                                .time = kNoon,
                                .user = {},
                                .kind = MessageKind::text,
                                .nickname = "Bob",
                                .text = "hi"};
  CHECK(plain_hit(hit, "cpp") == "1970-01-01 12:00 cpp Bob: hi");
}

TEST_CASE("lines tell what is new: at first all, then what was put in, too") {
  HeldLines lines;
  lines.append(numbered(5));
  CHECK(texts_of(lines.take_news()) == "5 ");
  CHECK(lines.take_news().empty());
  lines.append(numbered(9));
  lines.insert({numbered(2), numbered(5), numbered(7)});
  CHECK(texts_of(lines.take_news()) == "9 2 7 ");
  lines.append(numbered(10));
  lines.clear();
  CHECK(texts_of(lines.take_news()) == "10 ");
}
