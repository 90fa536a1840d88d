#include "bench/load/sync_times.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::bench {
namespace {

std::unexpected<std::string> failed(const std::string& doing) {
  return std::unexpected(describe(net::last_failure(doing)));
}

std::expected<net::UniqueFd, std::string> open_nameless(const std::filesystem::path& folder) {
  std::string name = folder / "sync-XXXXXX";
  net::UniqueFd file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file)
    return failed("making a file in " + folder.string());
  ::unlink(name.c_str());
  return file;
}

// False with errno.
bool write_and_sync(const net::UniqueFd& file, const std::vector<char>& bytes) {
  const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
  if (written >= 0 && static_cast<std::size_t>(written) < bytes.size())
    errno = ENOSPC;
  return std::cmp_equal(written, bytes.size()) && ::fdatasync(file.get()) == 0;
}

}  // namespace

std::expected<Histogram, std::string> time_syncs(const std::filesystem::path& folder,
                                                 std::size_t bytes, std::uint32_t count) {
  const auto file = open_nameless(folder);
  if (!file)
    return std::unexpected(file.error());
  const std::vector<char> written(bytes, 'x');
  Histogram times;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Instant start = Clock::now();
    if (!write_and_sync(*file, written))
      return failed("writing and syncing in " + folder.string());
    times.record(Clock::now() - start);
  }
  return times;
}

void add_disk_option(CLI::App& scenario, DiskOptions& options) {
  scenario
      .add_option("--sync-folder", options.sync_folder,
                  "Folder on the disk of the server's store; what fdatasync takes there is "
                  "measured first, while nothing else happens")
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory.description(""));
}

std::expected<Histogram, std::string> time_some_syncs(const DiskOptions& options) {
  constexpr std::size_t kPage = 4096;
  constexpr std::uint32_t kSome = 200;
  return options.sync_folder ? time_syncs(*options.sync_folder, kPage, kSome) : Histogram();
}

}  // namespace chat::bench
