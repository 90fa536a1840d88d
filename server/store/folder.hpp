// The folder of a store: its files, and the lock by which one server at a time has it.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>

#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::store {

std::filesystem::path database_in(const std::filesystem::path& folder);

// False when there is certainly no such file; what keeps one from knowing shows when it is opened.
bool is_there(const std::filesystem::path& file);

// Makes it, and those above it, for its owner alone. Folders that are there stay as they are.
std::expected<void, net::Failure> make_folder(const std::filesystem::path& folder);

// Held (flock(2)) for as long as this lives; it ends with the process, however that ends.
class FolderLock {
 public:
  // EWOULDBLOCK: somebody else holds it.
  static std::expected<FolderLock, net::Failure> take(const std::filesystem::path& folder);

 private:
  explicit FolderLock(net::UniqueFd file) : file_(std::move(file)) {}
  net::UniqueFd file_;
};

// Makes the file of the database where there is none, and keeps others from reading it. SQLite
// gives the files that it makes beside it the same mode.
std::expected<void, net::Failure> prepare_file(const std::filesystem::path& file);

// Whether the folder takes so many bytes: makes a file of them that has no name, and is gone at
// once.
std::expected<void, net::Failure> try_space(const std::filesystem::path& folder,
                                            std::int64_t bytes);

// Where SQLite keeps the write-ahead log of a database.
std::filesystem::path log_of(const std::filesystem::path& file);

// Whether a database that never had a write-ahead log lies beside one: they are not of the same
// store, and SQLite would put the one into the other. Called before it opens them.
bool lies_beside_foreign_log(const std::filesystem::path& file);

// A file or folder that was made or renamed in this one stays, also when the machine fails.
std::expected<void, net::Failure> sync_folder(const std::filesystem::path& folder);

}  // namespace chat::store
