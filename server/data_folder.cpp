#include "server/data_folder.hpp"

#include <cstdlib>
#include <string>

namespace chat::server {
namespace {

// Relative paths are not valid in any of these.
std::optional<std::filesystem::path> folder_in(const char* variable) {
  const char* const value = std::getenv(variable);
  if (value == nullptr || value[0] != '/')
    return std::nullopt;
  return std::filesystem::path(value);
}

}  // namespace

std::optional<std::filesystem::path> default_data_folder() {
  if (const auto state = folder_in("STATE_DIRECTORY")) {
    // Several are separated by colons; the first one is the main one.
    const std::string all = state->string();
    return std::filesystem::path(all.substr(0, all.find(':')));
  }
  if (const auto state = folder_in("XDG_STATE_HOME"))
    return *state / "edgechat-server";
  if (const auto home = folder_in("HOME"))
    return *home / ".local" / "state" / "edgechat-server";
  return std::nullopt;
}

}  // namespace chat::server
