#include "bench/load/run_folder.hpp"

#include <stdlib.h>

#include <system_error>
#include <utility>

#include "net/failure.hpp"

namespace chat::bench {

std::expected<RunFolder, std::string> RunFolder::at(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  const bool is_empty = !error && std::filesystem::is_empty(path, error);
  if (error)
    return std::unexpected("the folder " + path.string() + " cannot be used: " + error.message());
  if (!is_empty)
    return std::unexpected("the folder " + path.string() +
                           " is not empty; the run needs one of its own");
  return RunFolder(path, false);
}

std::expected<RunFolder, std::string> RunFolder::temporary() {
  std::error_code error;
  std::string name =
      (std::filesystem::temp_directory_path(error) / "edgechat-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    return std::unexpected(describe(net::last_failure("making the folder " + name)));
  return RunFolder(name, true);
}

RunFolder::RunFolder(RunFolder&& other) noexcept
    : path_(std::move(other.path_)), is_temporary_(std::exchange(other.is_temporary_, false)) {}

RunFolder::~RunFolder() {
  std::error_code ignored;
  if (is_temporary_)
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace chat::bench
