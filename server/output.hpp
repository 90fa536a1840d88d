// Sends a connection what it is owed, in one send(2) or sendmsg(2) per call.
#pragma once

#include <cstddef>
#include <vector>

#include "server/connection.hpp"

namespace chat::server {

// Bytes of room logs that one connection is sent in one round; what is left waits for the next.
inline constexpr std::size_t kSendBudget = 256 * 1024;

enum class SendResult {
  all,      // nothing is left
  more,     // something is left for the next round
  blocked,  // the socket takes no more; an edge will come
  broken,   // errno says why
};

// `gaps` receives the rooms whose messages were dropped before the connection could read them: the
// peer has been told so, and needs a snapshot.
SendResult send_pending(Connection& connection, MonotonicTime now, std::vector<RoomId>& gaps);

// Puts a cursor that has something to send into its connection's turn. Whether it has.
bool queue_cursor(Connection& connection, Cursor& cursor);

// Whether the cursor has something to send.
bool has_unread(const Cursor& cursor);

}  // namespace chat::server
