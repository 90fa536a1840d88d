// A copy of a store, made while a server runs on it.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

namespace chat::store {

struct BackupInfo {
  std::uint64_t messages;
  std::uint64_t bytes;  // of the file
};

// Copies the store as it is at one moment into one new file, readable by its owner alone. The file
// is there, whole and on the disk, when this returns; before that, and after a failure, there is
// none. Restored under the name that the database has in the folder of a store, with nothing beside
// it, it is a store, in which the first server begins a new epoch: what was said after the copy was
// made is not in it. An error is one sentence for people, also when there is such a file already.
// Any process; the server's write-ahead log grows meanwhile.
std::expected<BackupInfo, std::string> backup(const std::filesystem::path& folder,
                                              const std::filesystem::path& file);

}  // namespace chat::store
