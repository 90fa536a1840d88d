#include "client/state_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <vector>

#include "tests/client/full_disk.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::client;
using chat::client::test::FullDisk;
using chat::test::TemporaryFolder;

using Lines = std::vector<std::string>;

namespace {

Lines lines_in(const std::filesystem::path& path) {
  auto file = StateFile::open(path);
  REQUIRE(file.has_value());
  return file->read().value();
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("what was appended is there when the file is opened again") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a" / "b" / "file";
  {
    auto file = StateFile::open(path);
    REQUIRE(file.has_value());
    CHECK(file->read().value().empty());
    CHECK(file->append("one").has_value());
    CHECK(file->append("two").has_value());
  }
  CHECK(lines_in(path) == Lines{"one", "two"});
}

TEST_CASE("nobody else may read the file, or look into its folder") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "state" / "file";
  REQUIRE(StateFile::open(path).has_value());
  CHECK(mode_of(path) == 0600);
  CHECK(mode_of(path.parent_path()) == 0700);
}

TEST_CASE("a file that others could read is theirs no longer") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  std::ofstream(path) << "one\n";
  std::filesystem::permissions(path, std::filesystem::perms(0644));
  REQUIRE(StateFile::open(path).has_value());
  CHECK(mode_of(path) == 0600);
}

TEST_CASE("while somebody holds the file nobody else gets it") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  {
    const auto held = StateFile::open(path);
    REQUIRE(held.has_value());
    const auto second = StateFile::open(path);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().error == EWOULDBLOCK);
  }
  CHECK(StateFile::open(path).has_value());
}

TEST_CASE("a line that was not finished is cut off, and the next one takes its place") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  std::ofstream(path) << "one\ntw";
  {
    auto file = StateFile::open(path);
    REQUIRE(file.has_value());
    CHECK(file->read().value() == Lines{"one"});
    CHECK(file->append("three").has_value());
  }
  CHECK(lines_in(path) == Lines{"one", "three"});
}

TEST_CASE("only the new lines stay when the lines are replaced") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  {
    auto file = StateFile::open(path);
    REQUIRE(file.has_value());
    for (int i = 0; i < 10; ++i)
      CHECK(file->append("a line that is not needed").has_value());
    CHECK(file->replace({"short"}).has_value());
    CHECK(file->append("more").has_value());
    CHECK(file->bytes() == 11);
  }
  CHECK(lines_in(path) == Lines{"short", "more"});
}

TEST_CASE("lines that have no room do no harm to those that are there") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  {
    auto file = StateFile::open(path);
    REQUIRE(file.has_value());
    CHECK(file->append("one").has_value());
    CHECK(file->append("two").has_value());
    const FullDisk full(file->bytes() + 2);
    CHECK_FALSE(file->append("three").has_value());
    CHECK_FALSE(file->replace({"four", "five", "six"}).has_value());
    CHECK(file->bytes() == 8);
  }
  CHECK(lines_in(path) == Lines{"one", "two"});
}

TEST_CASE("lines that need no more room than those that are there need none at all") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  {
    auto file = StateFile::open(path);
    REQUIRE(file.has_value());
    CHECK(file->append("one").has_value());
    CHECK(file->append("two").has_value());
    const FullDisk full(file->bytes());
    CHECK(file->replace({"three.."}).has_value());
  }
  CHECK(lines_in(path) == Lines{"three.."});
}

TEST_CASE("more lines may replace fewer") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "file";
  {
    auto file = StateFile::open(path);
    REQUIRE(file.has_value());
    CHECK(file->append("one").has_value());
    CHECK(file->replace({"two", "three", "four"}).has_value());
    CHECK(file->append("five").has_value());
  }
  CHECK(lines_in(path) == Lines{"two", "three", "four", "five"});
}

TEST_CASE("a folder that cannot be made is the system's failure, with what was being done") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "no folder") << "a file";
  const auto file = StateFile::open(folder.path() / "no folder" / "deeper" / "file");
  REQUIRE_FALSE(file.has_value());
  CHECK(file.error().error == ENOTDIR);
  CHECK(file.error().doing.starts_with("making the folder "));
}
