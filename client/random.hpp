// Randomness of the operating system.
#pragma once

#include "libchat/ids.hpp"

namespace chat::client {

MessageId random_id();

// Evenly distributed, from 0 to below 1.
double random_fraction();

}  // namespace chat::client
