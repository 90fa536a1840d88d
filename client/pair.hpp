// The order of a pair's messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libchat/ids.hpp"

namespace chat::client {

// A whisper of one's own that the server has acknowledged.
struct OwnWhisper {
  WallTime time;
  std::string text;
  Sequence number;
};

// A room of two, made by whispering. The server does not send one's own messages back there: each
// is known by its acknowledgement alone, and that may overtake messages of the other one with lower
// numbers (PROTOCOL.md, "Rooms"). So it waits here for its place among them. A plain value.
class Pair {
 public:
  // Whether this client has seen all of it, or took it up from an earlier one, which may have
  // whispered in it: then those numbers never come, and nothing may wait for them.
  enum class Begin { here, earlier };

  // `other` is the other one's nickname, `next` the number of the next message.
  Pair(std::string other, Sequence next, Begin begin)
      : other_(std::move(other)), next_(next), begin_(begin) {}

  const std::string& other() const { return other_; }
  void rename_other(std::string nickname) { other_ = std::move(nickname); }

  Begin begin() const { return begin_; }

  // Messages below this number have had their turn.
  Sequence next() const { return next_; }
  // Those that wait for their turn.
  const std::map<Sequence, OwnWhisper>& waiting() const { return waiting_; }
  // How many of the messages `from` to `to` have had no turn and do not wait for one.
  std::uint64_t missing(Sequence from, Sequence to) const;

  // Waits for its turn; no effect when a message with this number waits already.
  void acknowledged(Sequence number, OwnWhisper whisper);

  // Nothing below `number` will come any more. The own whispers whose turn it is then, in order:
  // those below, and those that follow without a hole.
  std::vector<OwnWhisper> pass_to(Sequence number);
  // All that wait, in order, since nothing at all will come any more.
  std::vector<OwnWhisper> finish();

 private:
  std::string other_;
  Sequence next_;
  Begin begin_;
  std::map<Sequence, OwnWhisper> waiting_;
};

}  // namespace chat::client
