// How long the client waits.
#pragma once

#include <chrono>

namespace chat::client {

// For each address of the server.
inline constexpr std::chrono::milliseconds kConnectPatience{10'000};
// For the server to answer; and for one that the user does not want to wait for.
inline constexpr std::chrono::milliseconds kAnswerPatience{10'000};
inline constexpr std::chrono::milliseconds kHurriedPatience{1'000};
// With a server that says nothing, until it is asked for a sign of life.
inline constexpr std::chrono::milliseconds kQuietPatience{20'000};
// For the server to take a goodbye.
inline constexpr std::chrono::milliseconds kGoodbyePatience{1'000};

}  // namespace chat::client
