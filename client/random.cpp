#include "client/random.hpp"

#include <sys/random.h>

#include <cmath>
#include <cstdint>

namespace chat::client {

// getrandom(2): up to 256 bytes come whole.
MessageId random_id() {
  MessageId id{};
  [[maybe_unused]] const ssize_t size = ::getrandom(id.data(), id.size(), 0);
  return id;
}

double random_fraction() {
  std::uint32_t bits = 0;
  [[maybe_unused]] const ssize_t size = ::getrandom(&bits, sizeof bits, 0);
  return std::ldexp(static_cast<double>(bits), -32);
}

}  // namespace chat::client
