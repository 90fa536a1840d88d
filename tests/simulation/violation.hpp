#pragma once

#include <stdexcept>
#include <string>

namespace chat::sim {

// Something happened that may never happen.
struct Violation : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void require(bool holds, const std::string& otherwise) {
  if (!holds)
    throw Violation(otherwise);
}

}  // namespace chat::sim
