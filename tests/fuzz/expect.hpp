#pragma once

#include <cstdio>
#include <cstdlib>

namespace chat::fuzz {

// What must hold; otherwise the fuzzer has found something.
inline void expect(bool holds, const char* otherwise) {
  if (holds)
    return;
  std::fprintf(stderr, "fuzz: %s\n", otherwise);
  std::abort();
}

}  // namespace chat::fuzz
