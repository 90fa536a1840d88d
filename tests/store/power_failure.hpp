// What is on a disk after the power has failed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libchat/bytes.hpp"
#include "tests/libchat/random.hpp"
#include "tests/store/watched_disk.hpp"

namespace chat::store::test {

// What becomes of what was done to a file since it was last synced.
enum class Unsynced {
  lost,
  kept,
  torn,  // each sector of it by chance; where a file grew and the bytes did not come, anything
};

// Takes operations in their order, and tells what may be left of their files. Of those that fail
// only syncs count: what was to be synced is never written, though whoever reads it still sees it,
// and later syncs do not say so; as Linux does it.
class FailingPower {
 public:
  // Files that are there, empty, before the first operation, and whose names are certain.
  explicit FailingPower(const std::vector<std::string>& files);

  void add(const Operation& operation);
  // The names of all files are certain.
  void sync_folder();

  // Writes what is left into a folder that is there and empty.
  void leave(const std::filesystem::path& folder, Unsynced unsynced,
             chat::test::Random& random) const;

 private:
  struct File {
    Bytes seen{};                    // by whoever reads it
    Bytes synced{};                  // as it is for certain
    std::vector<Operation> since{};  // what was done then
    bool name_is_certain = false;
    bool is_removed = false;  // which is not certain yet
  };

  Bytes contents(const File& file, Unsynced unsynced, chat::test::Random& random) const;
  bool is_there(const File& file, Unsynced unsynced, chat::test::Random& random) const;

  std::map<std::string, File> files_;
};

}  // namespace chat::store::test
