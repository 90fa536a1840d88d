#include "client/whole_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <iterator>

#include "tests/support/temporary_folder.hpp"

using namespace chat::client;
using chat::test::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("nothing but a regular file is replaced, also behind a link") {
  const TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe";
  const auto link = folder.path() / "link";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  fs::create_symlink("pipe", link);
  for (const auto& path : {pipe, link}) {
    const auto done = replace_whole(path, "text");
    REQUIRE_FALSE(done.has_value());
    CHECK(chat::net::describe(done.error()) ==
          "writing " + pipe.string() + ": Operation not supported");
  }
  CHECK(fs::is_fifo(pipe));
  CHECK(fs::is_symlink(link));
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("a file is replaced, or made where there is none") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "new/file";
  for (const char* text : {"old", "new"}) {
    REQUIRE(replace_whole(path, text).has_value());
    const auto read = read_whole(path);
    REQUIRE(read.has_value());
    CHECK(*read == text);
  }
}
