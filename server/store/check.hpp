// Whether a store is what it should be.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chat::store {

struct Verdict {
  bool is_sound;
  std::vector<std::string> lines;  // for people: what is damaged, and what there is
};

// Looks at everything in it, without writing, as it was at one moment; a server may run on it
// meanwhile. What is damaged is named by room and number, the first of each kind.
Verdict check(const std::filesystem::path& folder);

}  // namespace chat::store
