#include "client/config_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "client/configuration.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::client;
using chat::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, std::string_view text) {
  std::ofstream(path) << text;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

unsigned mode_of(const fs::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

Settings settings_in(const fs::path& path) {
  auto settings = ConfigFile(path).read();
  REQUIRE(settings.has_value());
  return *settings;
}

std::string mistake_in(std::string_view text) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "c.toml";
  write(path, text);
  const auto settings = ConfigFile(path).read();
  REQUIRE_FALSE(settings.has_value());
  REQUIRE(settings.error().starts_with(path.string() + ":"));
  return settings.error().substr(path.string().size());
}

}  // namespace

TEST_CASE("without a file everything is as by default") {
  const TemporaryFolder folder;
  CHECK(settings_in(folder.path() / "none.toml").nickname.empty());
}

TEST_CASE("a mistake is told with its file, line and name") {
  CHECK(mistake_in("nick = \"Ann\"\nbel = true\n") == ":2: bel: There is no such setting.");
  CHECK(mistake_in("bell = 1\n") == ":1: bell: It is true or false.");
  CHECK(mistake_in("[keys]\nF5 = \"dance\"\n") ==
        ":2: keys.F5: Keys cannot do \"dance\". /keys lists what they can.");
  CHECK(mistake_in("[keys]\nF5 = \"up\"\nf5 = \"down\"\n") == ":3: f5 stands here twice.");
  CHECK(mistake_in("nick = Ann\n") ==
        ":1: Error while parsing value: could not determine value type. A text stands in "
        "quotation marks.");
  CHECK(mistake_in("[servers.work]\nnick = \"Ann\"\n") ==
        ": servers.work needs an address beside its nick and rooms.");
}

TEST_CASE("a file that cannot be read is told of") {
  const TemporaryFolder folder;
  const auto settings = ConfigFile(folder.path()).read();
  REQUIRE_FALSE(settings.has_value());
  CHECK(settings.error() == "reading " + folder.path().string() + ": Is a directory.");
  CHECK_FALSE(Configuration::load(folder.path() / "none.toml").has_value());
}

TEST_CASE("a setting is saved for the next client, and the file is its owner's alone") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a/b/client.toml";
  Configuration first(Settings{}, ConfigFile(path));
  const auto changed = first.change({{}, "nick"}, {{"Ann"}, false});
  REQUIRE(changed.has_value());
  CHECK(changed->now == "nick = \"Ann\"");
  CHECK(changed->trouble.empty());
  CHECK(first.change({"keys", "f5"}, {{"quit"}, false}));
  CHECK(first.change({"servers.work", "address"}, {{"host"}, false}));
  CHECK(text_of(path) ==
        "nick = \"Ann\"\n\n[keys]\nF5 = \"quit\"\n\n[servers.work]\naddress = \"host\"\n");
  CHECK(mode_of(path) == 0600);
  CHECK(mode_of(path.parent_path()) == 0700);
  const auto next = Configuration::load(path);
  REQUIRE(next.has_value());
  CHECK(next->settings().nickname == "Ann");
  CHECK(next->settings().keys.at("F5") == "quit");
}

TEST_CASE("what has its default again is not in the file any more") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "client.toml";
  write(path, "# mine\nbell = true # ring\nnick = \"Ann\"\n[keys]\n\"ALT-x\" = \"quit\"\n");
  auto config = Configuration::load(path);
  REQUIRE(config.has_value());
  REQUIRE(config->take_back({{}, "bell"}));
  REQUIRE(config->take_back({"keys", "Alt-X"}));
  CHECK(text_of(path) == "# mine\nnick = \"Ann\"\n[keys]\n");
  CHECK_FALSE(config->take_back({{}, "pink"}).has_value());
}

TEST_CASE("what the user has edited meanwhile stays, and a key's own spelling") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "client.toml";
  Configuration mine(Settings{}, ConfigFile(path));
  write(path, "# by hand\nnick = \"Bob\"\n[keys]\n\"ctrl-x\" = \"up\"\n");
  REQUIRE(mine.change({"keys", "Ctrl-X"}, {{"down"}, false}));
  CHECK(text_of(path) == "# by hand\nnick = \"Bob\"\n[keys]\n\"ctrl-x\" = \"down\"\n");
}

TEST_CASE("a file with a mistake, or that cannot be written, stays as it is") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "client.toml";
  Configuration config(Settings{}, ConfigFile(path));
  write(path, "nick = \n");
  auto changed = config.change({{}, "bell"}, {{"true"}, false});
  REQUIRE(changed.has_value());
  CHECK(changed->trouble.starts_with(path.string() + ":1: Error while parsing"));
  CHECK(config.settings().attention.bell);
  CHECK(text_of(path) == "nick = \n");
  // A folder cannot be made where there is a file.
  Configuration nowhere(Settings{}, ConfigFile(path / "client.toml"));
  changed = nowhere.change({{}, "bell"}, {{"true"}, false});
  REQUIRE(changed.has_value());
  CHECK_FALSE(changed->trouble.empty());
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("what the next client would not read is refused, and neither so nor saved") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "client.toml";
  constexpr const char* kNeeds = "servers.work needs an address beside its nick and rooms.";
  Configuration config(Settings{}, ConfigFile(path));
  auto changed = config.change({"servers.work", "nick"}, {{"Ann"}, false});
  REQUIRE_FALSE(changed.has_value());
  CHECK(changed.error() == kNeeds);
  CHECK(config.settings().servers.empty());
  CHECK(config.changes() == 0);
  CHECK_FALSE(fs::exists(path));
  REQUIRE(config.change({"servers.work", "address"}, {{"host"}, false}));
  REQUIRE(config.change({"servers.work", "rooms"}, {{"cpp"}, true}));
  changed = config.take_back({"servers.work", "address"});
  REQUIRE_FALSE(changed.has_value());
  CHECK(changed.error() == kNeeds);
  CHECK(settings_in(path).servers.at("work").address == "host");
  CHECK(config.settings().servers.at("work").address == "host");
  REQUIRE(config.take_back({"servers.work", "rooms"}));
  REQUIRE(config.take_back({"servers.work", "address"}));
  CHECK(settings_in(path).servers.empty());
}

TEST_CASE("a setting is not saved beside one of the user's that is wrong") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "client.toml";
  constexpr const char* kWrong = "bell = \"loud\"\n";
  Configuration config(Settings{}, ConfigFile(path));
  write(path, kWrong);
  auto changed = config.change({{}, "mouse"}, {{"true"}, false});
  REQUIRE(changed.has_value());
  CHECK(changed->trouble == path.string() + ":1: bell: It is true or false.");
  CHECK(text_of(path) == kWrong);
  changed = config.change({{}, "bell"}, {{"true"}, false});
  REQUIRE(changed.has_value());
  CHECK(changed->trouble.empty());
  CHECK(text_of(path) == "bell = true\n");
}

TEST_CASE("a symbolic link stays one") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "client.toml";
  fs::create_directory(folder.path() / "dotfiles");
  fs::create_symlink("dotfiles/mine.toml", path);
  Configuration config(Settings{}, ConfigFile(path));
  for (const char* nickname : {"Ann", "Bob"}) {
    const auto changed = config.change({{}, "nick"}, {{nickname}, false});
    REQUIRE(changed.has_value());
    CHECK(changed->trouble.empty());
    CHECK(fs::is_symlink(path));
    CHECK(settings_in(folder.path() / "dotfiles/mine.toml").nickname == nickname);
  }
}
