#pragma once

#include <chrono>

namespace chat {

// For what lasts: never set back.
using MonotonicTime = std::chrono::steady_clock::time_point;

}  // namespace chat
