// What a run came to, delivery by delivery.
#pragma once

#include <cstdint>

namespace chat::bench {

struct Verdict {
  std::uint64_t sent = 0;
  std::uint64_t expected = 0;    // sent, times the clients that must get it
  std::uint64_t delivered = 0;   // expected - lost + duplicated
  std::uint64_t lost = 0;        // never came to a client
  std::uint64_t duplicated = 0;  // came to a client again
  std::uint64_t misordered = 0;  // came too late, under another number, or in the wrong place
  std::uint64_t foreign = 0;     // deliveries of what nobody here sent, garbled texts among them
  std::uint64_t unacknowledged = 0;

  bool clean() const { return lost + duplicated + misordered + foreign + unacknowledged == 0; }

  // Both of them together: of several rooms, or of several processes' clients.
  Verdict& operator+=(const Verdict& other) {
    sent += other.sent;
    expected += other.expected;
    delivered += other.delivered;
    lost += other.lost;
    duplicated += other.duplicated;
    misordered += other.misordered;
    foreign += other.foreign;
    unacknowledged += other.unacknowledged;
    return *this;
  }
};

}  // namespace chat::bench
