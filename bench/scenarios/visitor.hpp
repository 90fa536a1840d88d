// One who comes to a room again and again, and what is judged of what it sees there.
#pragma once

#include <cstdint>
#include <optional>

#include "bench/load/clock.hpp"
#include "bench/load/oracle.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

// A visit is: leave, come back, say one message, and wait until it is acknowledged and has come
// back. In between, the visitor stays in the room. One thread at a time.
class Visitor {
 public:
  // The next visit begins, and counts from when it was due. Precondition: is_there().
  void begin(Instant due);
  // Connects again.
  void connect(Instant now) { connected_ = now; }
  // Is in the room, whose next message has this number.
  void enter(Sequence next);
  // Says this message of its own.
  void say(std::uint32_t number) { own_ = number; }

  // A message came, which is this one of its own, or somebody else's. Counts what is wrong.
  void receive(Sequence sequence, std::optional<std::uint32_t> own, Verdict& verdict);
  void acknowledge() { acknowledged_ = true; }

  // The visit is over, or was never begun.
  bool is_there() const { return acknowledged_ && heard_; }
  Instant due() const { return due_; }
  Instant connected() const { return connected_; }

 private:
  Instant due_{};
  Instant connected_{};
  Sequence next_{1};  // that must come
  std::uint32_t own_ = 0;
  bool acknowledged_ = true;
  bool heard_ = true;
};

}  // namespace chat::bench
