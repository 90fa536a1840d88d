#pragma once

#include "libchat/ids.hpp"

namespace chat::server {

// By what connections of one origin are counted: an IPv4 address, or the first 64 bits of an IPv6
// one, which somebody mostly has to themselves. Different origins can have the same key, but hardly
// do. 0 when the connection is gone.
AddressKey address_key(int socket);

}  // namespace chat::server
