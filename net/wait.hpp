#pragma once

#include <chrono>

namespace chat::net {

// Waits for one of the poll(2) `events` at a file; false when none came before `end`. An error or
// a hangup counts as an event, so that the call that follows reports it. Any thread.
bool wait_for(int fd, short events, std::chrono::steady_clock::time_point end);

}  // namespace chat::net
