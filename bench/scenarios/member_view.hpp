// Who is in a room, as one of its members is told (PROTOCOL.md, "Who is in a room").
#pragma once

#include <cstdint>
#include <unordered_set>

#include "bench/load/clock.hpp"
#include "libchat/frame.hpp"
#include "libchat/ids.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {

// One thread at a time.
class MemberView {
 public:
  // `since` is a time before which the room was not entered.
  void open(const protocol::RoomOpened& opened, Instant since);

  // Takes a frame of the room's log into account. False when it cannot be decoded.
  bool take(const Frame& frame, Instant at);

  bool is_open() const { return room_ != RoomId{}; }
  // Whether names are announced; otherwise only `count()` is known.
  bool is_listed() const { return listed_; }
  const std::unordered_set<UserId>& people() const { return people_; }
  std::uint32_t count() const {
    return listed_ ? static_cast<std::uint32_t>(people_.size()) : count_;
  }
  // Counts may come four times a second. Times are those of arrival, where waiting only lowers the
  // rate as seen since the room was entered.
  bool counts_came_too_often() const;

 private:
  bool take_joined(ByteView body);
  bool take_left(ByteView body);
  bool take_page(ByteView body);
  bool take_count(ByteView body, Instant at);

  RoomId room_;
  bool listed_ = true;
  std::unordered_set<UserId> people_;
  std::uint32_t count_ = 0;
  std::uint32_t counts_ = 0;  // how many came
  Instant since_{};
  Instant last_count_{};
};

}  // namespace chat::bench
