#include "client/chat_log.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "client/locale.hpp"
#include "client/wording.hpp"
#include "tests/client/full_disk.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::client;
using chat::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr WallTime kNow{13 * kHour};

// As of a room "cpp" whose messages are counted in this epoch; the time goes with the number.
Model::News news(std::uint64_t number, std::string_view text, std::uint64_t epoch = 1) {
  Line line = said_line(LineKind::message, {12 * kHour + static_cast<std::int64_t>(number) * 1000},
                        MessageKind::text, "Ann", text);
  line.number = {number};
  return {.room = "cpp", .in_front = true, .line = line, .counted_as = {7}, .counted_in = {epoch}};
}

struct Logs {
  Logs() {
    use_utf8_locale();
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }

  TemporaryFolder folder;

  ChatLog open() const { return ChatLog(folder.path(), "host:1338"); }
  fs::path of(const std::string& name) const { return folder.path() / "host:1338" / name; }

  std::string text(const std::string& name = "cpp.log") const {
    std::ifstream file(of(name));
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

unsigned mode_of(const fs::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

void write(ChatLog& log, const std::vector<Model::News>& all) {
  log.write(all, kNow);
}

}  // namespace

TEST_CASE("each message is a line of its room's file, which is its owner's alone") {
  const Logs logs;
  ChatLog log = logs.open();
  Model::News whisper = news(1, "psst");
  whisper.room = "@Lisa";
  write(log, {news(1, "hello"), news(2, "wörld"), whisper});
  CHECK(logs.text() == "1970-01-01 12:00:01 <Ann> hello\n1970-01-01 12:00:02 <Ann> wörld\n");
  CHECK(logs.text("@Lisa.log") == "1970-01-01 12:00:01 <Ann> psst\n");
  CHECK(mode_of(logs.of("cpp.log")) == 0600);
  CHECK(mode_of(logs.of("")) == 0700);
  CHECK_FALSE(log.take_trouble());
}

TEST_CASE("nothing in a message begins a line of its own, or controls a terminal") {
  const Logs logs;
  ChatLog log = logs.open();
  write(log, {news(1, "one\n1970-01-01 12:00:01 <Bob> no"), news(2, "\x1b[2J\xff")});
  CHECK(logs.text() ==
        "1970-01-01 12:00:01 <Ann> one\n  1970-01-01 12:00:01 <Bob> no\n"
        "1970-01-01 12:00:02 <Ann> ␛[2J\xef\xbf\xbd\n");
}

TEST_CASE("what is no message, or has no number, is not written") {
  const Logs logs;
  ChatLog log = logs.open();
  Model::News event = news(1, "joined");
  event.line.kind = LineKind::event;
  Model::News pending = news(0, "pending");
  Model::News outside = news(1, "outside");
  outside.room.clear();
  write(log, {event, pending, outside});
  CHECK_FALSE(fs::exists(logs.of("cpp.log")));
}

TEST_CASE("a message is written once, also by the next client, and what came late is not lost") {
  const Logs logs;
  {
    ChatLog log = logs.open();
    write(log, {news(1, "a"), news(5, "e")});
    write(log, {news(3, "c"), news(4, "d"), news(5, "e")});
  }
  ChatLog log = logs.open();
  write(log, {news(1, "a"), news(5, "e"), news(6, "f"), news(6, "f")});
  CHECK(logs.text() ==
        "1970-01-01 12:00:01 <Ann> a\n1970-01-01 12:00:05 <Ann> e\n1970-01-01 12:00:03 <Ann> c\n"
        "1970-01-01 12:00:04 <Ann> d\n1970-01-01 12:00:06 <Ann> f\n");
}

TEST_CASE("when numbers mean something else, the time tells what is new") {
  const Logs logs;
  {
    ChatLog log = logs.open();
    write(log, {news(8, "h")});
    // The server has lost one, and given its number to another one.
    Model::News other = news(8, "other", 2);
    other.line.time.milliseconds += 500;
    write(log, {news(7, "g", 2), other});
  }
  ChatLog log = logs.open();
  write(log, {news(8, "other", 2), news(9, "i", 2), news(8, "h", 3), news(10, "j", 3)});
  CHECK(logs.text() ==
        "1970-01-01 12:00:08 <Ann> h\n1970-01-01 12:00:08 <Ann> other\n"
        "1970-01-01 12:00:09 <Ann> i\n1970-01-01 12:00:10 <Ann> j\n");
}

TEST_CASE("no name leaves the folder, hides, or meets another one's file") {
  const Logs logs;
  ChatLog log = logs.open();
  std::vector<std::string> names = {"../x",
                                    ".lock",
                                    "a/b",
                                    "a%2Fb",
                                    "..",
                                    ".x.mark",
                                    std::string(300, 'x'),
                                    std::string(301, 'x')};
  for (const std::string& name : names) {
    Model::News one = news(1, "in " + name);
    one.room = name;
    write(log, {one});
  }
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(logs.of("")))
    files += entry.path().extension() == ".log" ? 1 : 0;
  CHECK(files == names.size());
  CHECK(std::distance(fs::directory_iterator(logs.folder.path()), {}) == 1);
}

TEST_CASE("a second client of the same server does not write, and says so once") {
  const Logs logs;
  ChatLog first = logs.open();
  ChatLog second = logs.open();
  CHECK(second.take_trouble() ==
        "The log is not written: another client writes the log of this "
        "server.");
  write(second, {news(1, "a")});
  CHECK_FALSE(second.take_trouble());
  CHECK(logs.text().empty());
  ChatLog elsewhere(logs.folder.path(), "other:1338");
  CHECK_FALSE(elsewhere.take_trouble());
}

TEST_CASE("when the client that writes has ended, the other one goes on") {
  const Logs logs;
  std::optional<ChatLog> first(logs.open());
  ChatLog second = logs.open();
  write(*first, {news(1, "a"), news(2, "b")});
  write(second, {news(1, "a")});
  first.reset();
  write(second, {news(2, "b"), news(3, "c")});
  CHECK(logs.text() ==
        "1970-01-01 12:00:01 <Ann> a\n1970-01-01 12:00:02 <Ann> b\n"
        "1970-01-01 12:00:03 <Ann> c\n");
}

TEST_CASE("what cannot be written is told once, and what can be is written") {
  const Logs logs;
  fs::create_directories(logs.of("cpp.log"));
  fs::create_directories(logs.of(".b.mark"));
  ChatLog log = logs.open();
  Model::News other = news(1, "b");
  other.room = "b";
  write(log, {news(1, "a"), other});
  CHECK(log.take_trouble() ==
        "The log is not written: opening " + logs.of("cpp.log").string() + ": Is a directory.");
  write(log, {news(2, "a")});
  CHECK_FALSE(log.take_trouble());
  CHECK(logs.text("b.log") == "1970-01-01 12:00:01 <Ann> b\n");
  const ChatLog nowhere(logs.of("b.log"), "host");
  CHECK(fs::is_regular_file(logs.of("b.log")));
}

TEST_CASE("what a disk did not take is written when it takes something again, and once") {
  const Logs logs;
  {
    ChatLog log = logs.open();
    write(log, {news(1, "a")});
    {
      const client::test::FullDisk full(logs.text().size());
      write(log, {news(2, "b")});
      write(log, {news(2, "b"), news(3, "c")});
      CHECK(log.take_trouble() ==
            "The log is not written: writing " + logs.of("cpp.log").string() + ": File too large.");
      CHECK_FALSE(log.take_trouble());
    }
    write(log, {news(3, "c"), news(4, "d")});
    CHECK_FALSE(log.take_trouble());
    const client::test::FullDisk full(logs.text().size());
    write(log, {news(5, "e")});
    CHECK(log.take_trouble());
  }
  ChatLog log = logs.open();
  write(log, {news(4, "d"), news(5, "e")});
  CHECK(logs.text() ==
        "1970-01-01 12:00:01 <Ann> a\n1970-01-01 12:00:02 <Ann> b\n1970-01-01 12:00:03 <Ann> c\n"
        "1970-01-01 12:00:04 <Ann> d\n1970-01-01 12:00:05 <Ann> e\n");
}

TEST_CASE("what waits for a disk does not grow without end") {
  const Logs logs;
  ChatLog log = logs.open();
  const std::string text(4000, 'x');
  {
    const client::test::FullDisk full(0);
    for (std::uint64_t number = 1; number <= 1000; ++number)
      write(log, {news(number, text)});
  }
  write(log, {news(1001, "a")});
  const std::size_t written = logs.text().size();
  CHECK(written > ChatLog::kMostUnwritten);
  CHECK(written < ChatLog::kMostUnwritten + 2 * text.size());
  write(log, {news(1002, "b")});
  CHECK(logs.text().ends_with("<Ann> b\n"));
}

TEST_CASE("a server whose clock was ahead does not silence the log") {
  const Logs logs;
  const auto ahead = [](Model::News one) {
    one.line.time.milliseconds += 24 * kHour;
    return one;
  };
  SUBCASE("while the client goes on") {
    ChatLog log = logs.open();
    write(log, {ahead(news(8, "h")), news(1, "i", 2)});
    CHECK(logs.text().find("<Ann> i\n") == logs.text().npos);
    log.write(std::vector{news(3'700, "j", 2)}, {kNow.milliseconds + kHour});
    CHECK(logs.text().ends_with("<Ann> j\n"));
  }
  SUBCASE("for the next client") {
    {
      ChatLog log = logs.open();
      write(log, {ahead(news(8, "h"))});
    }
    ChatLog log = logs.open();
    log.write(std::vector{news(3'700, "j", 2)}, {kNow.milliseconds + kHour});
    CHECK(logs.text().ends_with("<Ann> j\n"));
  }
  SUBCASE("by what is in a folder already") {
    fs::create_directories(logs.of(""));
    std::ofstream(logs.of(".cpp.mark")) << "7 1 8 " << 100 * kHour;
    ChatLog log = logs.open();
    log.write(std::vector{news(3'700, "j", 2)}, kNow);
    CHECK(logs.text().ends_with("<Ann> j\n"));
  }
}

TEST_CASE("a damaged mark does no harm") {
  const Logs logs;
  fs::create_directories(logs.of(""));
  for (const char* mark : {"", "x", "7 1", "7 1 99999999999999999999999 0", "-1 -1 -1 -1"}) {
    std::ofstream(logs.of(".cpp.mark")) << mark;
    ChatLog log = logs.open();
    write(log, {news(1, "a")});
  }
  CHECK(logs.text().starts_with("1970-01-01 12:00:01 <Ann> a\n"));
}
