#include "server/store/environment.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>

namespace chat::store {
namespace {

// A number of a file that was removed is given to the next one, so the time of birth belongs to it,
// where the file system knows it.
std::string number_and_birth(const std::filesystem::path& file) {
  struct statx status{};
  if (::statx(AT_FDCWD, file.c_str(), 0, STATX_INO | STATX_BTIME, &status) != 0)
    return {};
  if ((status.stx_mask & STATX_BTIME) == 0)
    return fmt::format("{}", status.stx_ino);
  return fmt::format("{} {}.{:09}", status.stx_ino, status.stx_btime.tv_sec,
                     status.stx_btime.tv_nsec);
}

}  // namespace

Environment Environment::of_this_machine() {
  Environment environment{{}, number_and_birth};
  std::ifstream("/proc/sys/kernel/random/boot_id") >> environment.boot_id;
  return environment;
}

}  // namespace chat::store
