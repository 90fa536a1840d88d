// How long the client waits.
#pragma once

#include <chrono>

namespace chat::client {

// For each address of the server.
inline constexpr std::chrono::milliseconds kConnectPatience{10'000};
// For the server to take a goodbye.
inline constexpr std::chrono::milliseconds kGoodbyePatience{1'000};

}  // namespace chat::client
