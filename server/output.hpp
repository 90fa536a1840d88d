// Sends a connection what it is owed, in one send(2) or sendmsg(2) per call.
#pragma once

#include <vector>

#include "server/connection.hpp"

namespace chat::server {

enum class SendResult {
  all,      // nothing is left
  more,     // something is left for the next round
  blocked,  // the socket takes no more; an edge will come
  broken,   // errno says why
};

// `behind` and `policy`: see Offer.
SendResult send_pending(Connection& connection, MonotonicTime now, std::vector<RoomId>& behind,
                        Behind policy);

}  // namespace chat::server
