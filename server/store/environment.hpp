// What tells one run of the machine from another, and one file from its copy.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace chat::store {

struct Environment {
  // Changes whenever the machine starts.
  std::string boot_id;
  // The same for as long as a file stays itself, whatever is written to it; another one for a copy.
  std::function<std::string(const std::filesystem::path&)> mark_of_file;

  static Environment of_this_machine();
};

}  // namespace chat::store
