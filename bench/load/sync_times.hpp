// What the disk itself takes to make a write sure (fdatasync(2)): no store that syncs is quicker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "bench/load/histogram.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace chat::bench {

// Writes so many bytes to the end of a file, syncs it, and does that again, `count` times in all;
// gives how long each write took with its sync. The file lies in the folder, has no name, and is
// gone at the end. The error is a sentence. Blocks.
std::expected<Histogram, std::string> time_syncs(const std::filesystem::path& folder,
                                                 std::size_t bytes, std::uint32_t count);

// Of scenarios whose server syncs: where to measure that beside it.
struct DiskOptions {
  std::optional<std::filesystem::path> sync_folder;
};
void add_disk_option(CLI::App& scenario, DiskOptions& options);

// A few of them, of a page each; none without a folder.
std::expected<Histogram, std::string> time_some_syncs(const DiskOptions& options);

}  // namespace chat::bench
