// Work that waits for what people wait for.
#pragma once

namespace chat::server {

// From now on the calling thread gets about a tenth of what the reactors get where processors are
// scarce. For what somebody asks for and would wait a little longer for. Without effect where the
// system does not permit it.
void run_in_background();

}  // namespace chat::server
