#include "client/command.hpp"

#include <doctest/doctest.h>

#include <string>

namespace command = chat::client::command;
using command::parse;

namespace {

void check(std::string_view line, const command::Command& expected) {
  CAPTURE(line);
  const auto parsed = parse(line);
  REQUIRE(parsed.has_value());
  CHECK((*parsed == expected));
}

std::string refusal(std::string_view line) {
  const auto parsed = parse(line);
  return parsed ? "accepted" : parsed.error();
}

}  // namespace

TEST_CASE("a line without a slash in front is text") {
  check("hello", command::Say{"hello"});
  check(" /help", command::Say{" /help"});
  check("and/or", command::Say{"and/or"});
}

TEST_CASE("two slashes start a text with one") {
  check("//etc/hosts", command::Say{"/etc/hosts"});
  check("//", command::Say{"/"});
}

TEST_CASE("an @ at the start whispers, anywhere else it is text") {
  check("@Lisa see you at 5", command::Whisper{"Lisa", "see you at 5"});
  check("write to lisa@example.org", command::Say{"write to lisa@example.org"});
  check("hello @Lisa", command::Say{"hello @Lisa"});
  check("@ 5 pm", command::Say{"@ 5 pm"});
  check("@", command::Say{"@"});
  check("text @", command::Say{"text @"});
  CHECK(refusal("@Lisa") == "To whisper, write @NAME TEXT");
  CHECK(refusal("@Lisa   ") == "To whisper, write @NAME TEXT");
}

TEST_CASE("commands are understood in capitals, too") {
  check("/JOIN Cpp", command::Join{"Cpp"});
  check("/Quit", command::Quit{});
}

TEST_CASE("a line that begins as a command or a whisper is not said where one is") {
  for (const char* const line : {"hello", "//", "//etc", "@ 5 pm", " /join"})
    CHECK(command::is_said_here(line));
  for (const char* const line : {"", " ", "\n", "/", "/join tea", "@", "@Lisa", "@Lisa psst"})
    CHECK_FALSE(command::is_said_here(line));
}

TEST_CASE("every command is understood") {
  check("/help", command::Help{});
  check("/nick Liz", command::Nick{"Liz"});
  check("/msg Lisa two  words", command::Whisper{"Lisa", "two  words"});
  check("/me waves", command::Action{"waves"});
  check("/away", command::Away{""});
  check("/away lunch, until one", command::Away{"lunch, until one"});
  check("/back", command::Back{});
  check("/join cpp", command::Join{"cpp"});
  check("/join   cpp  ", command::Join{"cpp"});
  check("/leave", command::Leave{""});
  check("/leave cpp", command::Leave{"cpp"});
  check("/who", command::Who{});
  check("/rooms", command::Rooms{});
  check("/clear", command::Clear{});
  check("/keys", command::Keys{});
  check("/quit", command::Quit{});
}

TEST_CASE("what is wrong with a command is said") {
  CHECK(refusal("/hlep") == "There is no command /hlep. See /help; // starts a text with a slash.");
  CHECK(refusal("/") == "There is no command /. See /help; // starts a text with a slash.");
  CHECK(refusal("/nick") == "Write it as /nick NAME");
  CHECK(refusal("/nick two words") == "Write it as /nick NAME");
  CHECK(refusal("/msg Lisa") == "Write it as /msg NAME TEXT");
  CHECK(refusal("/me  ") == "Write it as /me TEXT");
  CHECK(refusal("/join") == "Write it as /join ROOM");
  CHECK(refusal("/who Lisa") == "/who stands alone.");
}

TEST_CASE("every command that is described exists") {
  for (const auto& description : command::descriptions()) {
    CAPTURE(description.name);
    CHECK(refusal(std::string(description.name) + " x y").find("no command") == std::string::npos);
  }
}
