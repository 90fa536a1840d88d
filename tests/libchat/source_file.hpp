// Files of the source tree that tests are held to.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

namespace chat::test {

// The lines of a file, named from the project's root.
inline std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(std::string(EDGECHAT_SOURCE_ROOT) + "/" + path);
  REQUIRE_MESSAGE(file, "cannot open ", path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    lines.push_back(line);
  return lines;
}

}  // namespace chat::test
