// How a server comes by its store.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "libchat/durable_state.hpp"
#include "server/store/environment.hpp"
#include "server/store/folder.hpp"
#include "server/store/run_record.hpp"
#include "server/store/sqlite.hpp"
#include "server/store/store_options.hpp"

namespace chat::store {

struct OpenStore {
  FolderLock lock;
  sqlite::Database database;  // synced at each commit as the durability says
  Run run;
  DurableState state;
  std::uint64_t lost_commits = 0;  // which a damaged log had
};

// See Writer::open. Throws sqlite::Error.
std::expected<OpenStore, std::string> open_store(const StoreOptions& options, WallTime now,
                                                 const Environment& environment);

struct ReadableStore {
  sqlite::Database database;
  std::string damage;  // that it can be read in part only, as SQLite says it; mostly empty
};

// For reading alone, whatever of it is there. Throws sqlite::Error.
ReadableStore open_to_read(const std::filesystem::path& folder);

// What SQLite says about a store, in words that follow its name: "is damaged (…)".
std::string describe(const sqlite::Error& error);

// The sentence that such words make.
std::string sentence_on(const std::filesystem::path& folder, std::string_view what);
std::string no_store_in(const std::filesystem::path& folder);

}  // namespace chat::store
