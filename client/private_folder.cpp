#include "client/private_folder.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace chat::client {
namespace {

// Whether it is there then; otherwise errno says why not.
bool make_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (folder.empty() || std::filesystem::is_directory(folder, ignored))
    return true;
  return make_folder(folder.parent_path()) &&
         (::mkdir(folder.c_str(), S_IRWXU) == 0 || errno == EEXIST);
}

}  // namespace

std::expected<void, net::Failure> make_private_folder(const std::filesystem::path& folder) {
  if (!make_folder(folder))
    return std::unexpected(net::last_failure("making the folder " + folder.string()));
  return {};
}

}  // namespace chat::client
