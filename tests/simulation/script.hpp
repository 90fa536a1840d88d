// What happens in a simulation: a list of small steps, made from a seed before it begins, so that a
// step can be left out without changing what the others mean.
#pragma once

#include <cstdint>
#include <vector>

namespace chat::sim {

// Numbers that a step does not need are passed over; those out of range are taken modulo what there
// is. So every list of steps can be played.
enum class Act : std::uint8_t {
  // Clients. `who` is one; what it cannot do at the moment it does not do.
  come,     // connects to reactor `a`, and says hello: with its token, if it has one
  impose,   // the same while it is here already: it takes its own session over
  claim,    // the same with what is wrong; see Claim: `a`
  flood,    // takes its session over `a` times, and says hello twice each time
  say,      // in its room number `a`, about `b` bytes
  repeat,   // says its message number `a` again; with another text, kind or room if `b` is 3
  whisper,  // to client `a`, about `b` bytes
  rename,   // to name number `a`; in capitals if `b` is odd
  join,     // the room named number `a`
  leave,    // its room number `a`
  list,     // asks what rooms there are, or who is in its room number `a`
  tell,  // of its room number `a`: for `b` 0 that it types, 1 away, 2 back, else that it has seen
         // it
  read,  // asks for what was said in its room number `a`; if `b` is 3, in room `a` of all
  goodbye,
  junk,     // sends what no client should; see Junk: `a`
  vanish,   // the connection is reset, also in the middle of a frame; see deliver for `b`
  hang_up,  // closes its sending side
  // The network, for client `who`: bytes on their way, at most `a` of them; on a connection that
  // another one has taken over, if there is one and `b` is 3.
  deliver,  // to the server
  flush,    // to the client: the server sends what it is owed
  // Reactor `who`.
  enter,      // enters the hub with what its connections ask for
  carry_out,  // what the hub wants done, `a` things of it; all for 0
  round,      // both, and everybody there is flushed
  // The ledger.
  hold,     // commits nothing from now on
  commit,   // at most `a` batches
  release,  // commits everything, and from now on at once
  fail,     // the next commit fails
  mix,      // from now on, rooms come back in another order: `a` says which; 0: as submitted
  fetch,    // answers `a` questions to the archive
  // The process, where messages are kept. Another one takes its place.
  crash,    // it is killed
  restart,  // it ends in order
  lose,     // the power fails, and the last `a` commits are lost
  // All.
  crowd,   // the setting's crowd comes to reactor `who`, or most of it leaves
  settle,  // everything happens that can happen by itself
  wait,    // the clock: `a` milliseconds
};

struct Step {
  Act act;
  std::uint32_t who = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  bool operator==(const Step&) const = default;
};

// What stays as it is while the steps are played.
struct Setting {
  std::uint32_t reactors = 1;
  std::uint32_t clients = 4;
  std::uint32_t room_retention = 1 << 20;
  std::uint32_t total_retention = 1 << 22;
  std::uint32_t grace_ms = 120'000;
  std::uint32_t most_detached = 100;
  std::uint32_t most_pairs = 100;       // of one user
  std::uint32_t crowd = 0;              // people who come and go together
  std::uint32_t most_of_address = 100;  // detached
  std::uint32_t remembered = 256;       // messages of a session
  std::uint32_t durable = 0;            // whether messages are kept
  std::uint32_t most_uncommitted = 1 << 24;
  bool operator==(const Setting&) const = default;
};

struct Script {
  Setting setting;
  std::vector<Step> steps;
  bool operator==(const Script&) const = default;
};

// The same for the same seed, on every machine.
Script make_script(std::uint64_t seed);

}  // namespace chat::sim
