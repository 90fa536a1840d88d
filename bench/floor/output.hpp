// Sending without waiting, and without losing anything.
#pragma once

#include "bench/floor/client.hpp"

namespace chat::floor {

// Sends the bytes behind what the client is still owed; what its socket does not take is kept for
// flush(). Costs one send(2) when nothing is pending. A broken connection takes nothing.
void send_or_keep(Client& client, ByteView bytes);

// The socket has room again.
void flush(Client& client);

}  // namespace chat::floor
