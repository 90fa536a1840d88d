#include "client/disk_state.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "libchat/name.hpp"
#include "libchat/protocol.hpp"
#include "tests/client/keeping.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

TEST_CASE("an identity is made once, and is the same next time") {
  const TemporaryFolder folder;
  const Credentials first = state_in(folder).recall(kAnn).credentials;
  CHECK(static_cast<bool>(first.identity));
  const Credentials second = state_in(folder).recall(*Nickname::make("ann")).credentials;
  CHECK(second.identity == first.identity);
  CHECK(second.secret == first.secret);
}

TEST_CASE("another nickname, or another server, is another identity") {
  const TemporaryFolder folder;
  const auto ann = state_in(folder).recall(kAnn).credentials;
  CHECK(state_in(folder).recall(*Nickname::make("Lisa")).credentials.identity != ann.identity);
  DiskState elsewhere(folder.path(), "example.org:1338", next_id);
  CHECK(elsewhere.recall(kAnn).credentials.identity != ann.identity);
}

TEST_CASE("a second client at the same time is somebody else, and the same one next time") {
  const TemporaryFolder folder;
  IdentityId second_identity;
  DiskState first = state_in(folder);
  const auto ann = first.recall(kAnn).credentials;
  {
    DiskState second = state_in(folder);
    second_identity = second.recall(kAnn).credentials.identity;
    CHECK(second_identity != ann.identity);
  }
  DiskState again = state_in(folder);
  CHECK(again.recall(kAnn).credentials.identity == second_identity);
}

TEST_CASE("what a second client has left is found by the next one") {
  const TemporaryFolder folder;
  {
    DiskState first = state_in(folder);
    first.recall(kAnn);
    DiskState second = state_in(folder);
    second.recall(kAnn);
    second.said(message(1, "of the second"));
  }
  const auto unsent = state_in(folder).recall(kAnn).unsent;
  REQUIRE(unsent.size() == 1);
  CHECK(unsent[0].text == "of the second");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "127.0.0.1:1338" / "ann%3"));
}

TEST_CASE("what a second client has left waits while the first one has left something, too") {
  const TemporaryFolder folder;
  IdentityId first_identity;
  {
    DiskState first = state_in(folder);
    first_identity = first.recall(kAnn).credentials.identity;
    SUBCASE("a message") {
      first.said(message(1, "of the first"));
    }
    SUBCASE("a session") {
      first.keep_token(Bytes{1});
    }
    DiskState second = state_in(folder);
    second.recall(kAnn);
    second.said(message(2, "of the second"));
  }
  {
    DiskState state = state_in(folder);
    CHECK(state.recall(kAnn).credentials.identity == first_identity);
    state.done(MessageId{1});
    state.keep_token({});
  }
  CHECK(state_in(folder).recall(kAnn).credentials.identity != first_identity);
}

TEST_CASE("a token is kept until the session is ended") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.keep_token(Bytes{1, 2, 255});
  }
  {
    DiskState state = state_in(folder);
    CHECK(state.recall(kAnn).credentials.token == Bytes{1, 2, 255});
    state.keep_token({});
  }
  CHECK(state_in(folder).recall(kAnn).credentials.token.empty());
}

TEST_CASE("what was said and is not done is there in order, with all that it takes to send it") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.said(message(1, "one"));
    state.said(message(2, "two\n\"three\" \xC3\xA4"));
    state.said({.id = MessageId{3},
                .room = {},
                .to = "Lisa",
                .to_user = UserId{7},
                .kind = MessageKind::action,
                .text = "waves"});
    state.attempted(MessageId{2});
    state.done(MessageId{1});
  }
  const auto unsent = state_in(folder).recall(kAnn).unsent;
  REQUIRE(unsent.size() == 2);
  CHECK(unsent[0].id == MessageId{2});
  CHECK(unsent[0].room == "lobby");
  CHECK(unsent[0].text == "two\n\"three\" \xC3\xA4");
  CHECK(unsent[0].attempted);
  CHECK(unsent[1].to == "Lisa");
  CHECK(unsent[1].to_user == UserId{7});
  CHECK(unsent[1].kind == MessageKind::action);
  CHECK_FALSE(unsent[1].attempted);
}

TEST_CASE("a file that many messages went through does not grow for ever") {
  const TemporaryFolder folder;
  auto state = std::make_unique<DiskState>(state_in(folder));
  const auto ann = state->recall(kAnn).credentials;
  state->keep_token(Bytes{5});
  for (int i = 0; i < 2000; ++i) {
    state->said(message(9, std::string(200, 'x')));
    state->done(MessageId{9});
  }
  CHECK(std::filesystem::file_size(folder.path() / "127.0.0.1:1338" / "ann") < 128 * 1024);
  state.reset();
  const auto again = state_in(folder).recall(kAnn);
  CHECK(again.credentials.identity == ann.identity);
  CHECK(again.credentials.token == Bytes{5});
  CHECK(again.unsent.empty());
}

TEST_CASE("lines that make no sense are left out, and that is told once") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "127.0.0.1:1338" / "ann";
  IdentityId ann;
  {
    DiskState state = state_in(folder);
    ann = state.recall(kAnn).credentials.identity;
    state.said(message(1, "one"));
  }
  std::ofstream(path, std::ios::app)
      << "nonsense\n[1]\n{}\n{\"said\":5}\n{\"said\":{\"id\":\"zz\"}}\n{\"token\":7}\n"
      << "{\"identity\":\"00\"}\n{\"done\":[]}\n{\"said\":{\"id\":\"" << std::string(32, '0')
      << "\",\"text\":{}}}\n";
  for (const bool first : {true, false}) {
    DiskState state = state_in(folder);
    const auto again = state.recall(kAnn);
    CHECK(again.credentials.identity == ann);
    CHECK(again.unsent.size() == 1);
    const auto trouble = state.take_trouble();
    CHECK(trouble.has_value() == first);
    if (trouble)
      CHECK(*trouble ==
            "9 of the 11 lines in " + path.string() + " make no sense and were left out.");
  }
}

TEST_CASE("a message that could never be sent makes no sense") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.said(message(1, std::string(kMaxTextBytes, 'x')));
    state.said(message(2, std::string(kMaxTextBytes + 1, 'x')));
    UnsentMessage said = message(3, "to a room that cannot be");
    said.room = std::string(20'000, 'x');
    state.said(said);
    said = message(4, "to somebody who cannot be");
    said.room.clear();
    said.to = "two words";
    state.said(said);
  }
  DiskState state = state_in(folder);
  const auto unsent = state.recall(kAnn).unsent;
  REQUIRE(unsent.size() == 1);
  CHECK(unsent[0].id == MessageId{1});
  CHECK(state.take_trouble().value_or("").starts_with("3 of the "));
}

TEST_CASE("a token that no server could have given makes no sense") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.keep_token(Bytes(protocol::kMaxTokenBytes + 1, 7));
  }
  DiskState state = state_in(folder);
  CHECK(state.recall(kAnn).credentials.token.empty());
  CHECK(state.take_trouble().value_or("").starts_with("1 of the "));
}

TEST_CASE("a message that stands in the file twice was said once") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.said(message(1, "one"));
    state.said(message(1, "one"));
    state.attempted(MessageId{1});
  }
  const auto unsent = state_in(folder).recall(kAnn).unsent;
  REQUIRE(unsent.size() == 1);
  CHECK(unsent[0].attempted);
}

TEST_CASE("a file without a whole identity gets a new one") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "127.0.0.1:1338" / "ann";
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << "\x7F" << "ELF\n";
  CHECK(static_cast<bool>(state_in(folder).recall(kAnn).credentials.identity));
}

TEST_CASE("where nothing can be kept one chats all the same, and is told once") {
  const TemporaryFolder folder;
  std::filesystem::path place;
  SUBCASE("no folder can be made") {
    place = "/proc/none";
  }
  SUBCASE("the file is a folder") {
    place = folder.path();
    std::filesystem::create_directories(place / "127.0.0.1:1338" / "ann");
  }
  SUBCASE("the file is a link to somewhere else") {
    place = folder.path();
    std::filesystem::create_directories(place / "127.0.0.1:1338");
    std::filesystem::create_symlink(folder.path() / "elsewhere", place / "127.0.0.1:1338" / "ann");
  }
  DiskState state(place, "127.0.0.1:1338", next_id);
  CHECK(static_cast<bool>(state.recall(kAnn).credentials.identity));
  CHECK_FALSE(state.is_lasting());
  const auto trouble = state.take_trouble();
  REQUIRE(trouble.has_value());
  CHECK(trouble->starts_with("What is not sent when this client ends will be lost: "));
  state.said(message(1, "one"));
  CHECK_FALSE(state.take_trouble().has_value());
}

TEST_CASE("the folder is where the XDG Base Directory Specification says") {
  const auto folder_with = [](const char* state, const char* home) {
    ::setenv("XDG_STATE_HOME", state, 1);
    ::setenv("HOME", home, 1);
    return state_folder();
  };
  const char* const home = std::getenv("HOME");
  const std::string home_before = home == nullptr ? "" : home;
  CHECK(folder_with("/state", "/home/ann") == "/state/edgechat");
  CHECK(folder_with("", "/home/ann") == "/home/ann/.local/state/edgechat");
  CHECK(folder_with("not/absolute", "/home/ann") == "/home/ann/.local/state/edgechat");
  CHECK_FALSE(folder_with("", "").has_value());
  ::unsetenv("XDG_STATE_HOME");
  ::setenv("HOME", home_before.c_str(), 1);
}

TEST_CASE("drafts are kept for each place, the last text of each, until there is none") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.keep_draft(draft("lobby", "first"));
    state.keep_draft(draft("@Lea", "two\nlines"));
    state.keep_draft(draft("lobby", "precious"));
    state.keep_draft(draft("garden", "gone"));
    state.keep_draft(draft("garden", ""));
  }
  const auto drafts = state_in(folder).recall(kAnn).drafts;
  REQUIRE(drafts.size() == 2);
  CHECK(drafts[0].room == "@Lea");
  CHECK(drafts[0].text == "two\nlines");
  CHECK(drafts[1].room == "lobby");
  CHECK(drafts[1].text == "precious");
}

TEST_CASE("of too many drafts the oldest are forgotten, and their file does not grow for ever") {
  const TemporaryFolder folder;
  DiskState state = state_in(folder);
  state.recall(kAnn);
  const std::string large(16 * 1024 - 8, 'x');
  for (int i = 0; i < 1000; ++i)
    state.keep_draft(draft("room" + std::to_string(i % 70), large + std::to_string(i)));
  CHECK(std::filesystem::file_size(folder.path() / "127.0.0.1:1338" / "ann") < 2 * 1024 * 1024);
  state.recall(*Nickname::make("Lisa"));
  const auto drafts = state_in(folder).recall(kAnn).drafts;
  REQUIRE(drafts.size() == 64);
  CHECK(drafts.back().text == large + "999");
}

TEST_CASE("a draft that nobody can have typed is left out") {
  KeptState kept;
  CHECK_FALSE(kept.take_over(R"({"draft": {"room": "lobby", "text": "a\u001b[2J"}})"));
  CHECK_FALSE(kept.take_over(R"({"draft": {"room": "", "text": "a"}})"));
  CHECK_FALSE(kept.take_over(R"({"draft": {"room": "lobby"}})"));
  CHECK_FALSE(kept.take_over(R"({"draft": "lobby"})"));
  CHECK_FALSE(kept.take_over(draft_line(draft("lobby", std::string(16 * 1024 + 1, 'x')))));
  CHECK(kept.drafts.empty());
  CHECK(kept.take_over(draft_line(draft("lobby", "a\n日本"))));
  CHECK(kept.drafts.size() == 1);
}

// --- rooms --------------------------------------------------------------------------------------

TEST_CASE("rooms are kept in the order in which they were entered, until one has left them") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    for (const char* const room : {"garden", "tea", "Garden", "ci"})
      state.keep_room(room);
    state.forget_room("TEA");
    state.keep_room("tea");
    state.renew();
  }
  DiskState state = state_in(folder);
  CHECK(state.recall(kAnn).rooms == std::vector<std::string>{"garden", "ci", "tea"});
}

TEST_CASE("entering and leaving rooms does not make a file grow for ever") {
  const TemporaryFolder folder;
  DiskState state = state_in(folder);
  state.recall(kAnn);
  for (int i = 0; i < 20'000; ++i) {
    state.keep_room("garden");
    state.forget_room("garden");
  }
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    bytes += entry.is_regular_file() ? entry.file_size() : 0;
  CHECK(bytes < 100 * 1024);
}

TEST_CASE("a room that no server could have makes no sense") {
  KeptState kept;
  for (const char* const line : {R"({"room": ""})", R"({"room": "two words"})", R"({"room": 8})",
                                 R"({"room": {}})", R"({"room_gone": null})"})
    CHECK_FALSE(kept.take_over(line));
  CHECK(kept.rooms.empty());
  for (std::size_t i = 0; i < KeptState::kMostRooms + 10; ++i)
    kept.keep_room("r" + std::to_string(i));
  CHECK(kept.rooms.size() == KeptState::kMostRooms);
}
