#pragma once

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

namespace chat::net {

// A failure of the system: which call failed, and what was being done.
struct Failure {
  int error = 0;      // errno, or 0 where `doing` says it all
  std::string doing;  // "connecting to localhost:1338"
};

inline Failure last_failure(std::string_view doing) {
  return {errno, std::string(doing)};
}

// "connecting to localhost:1338: Connection refused"
inline std::string describe(const Failure& failure) {
  if (failure.error == 0)
    return failure.doing;
  return failure.doing + ": " + std::generic_category().message(failure.error);
}

}  // namespace chat::net
