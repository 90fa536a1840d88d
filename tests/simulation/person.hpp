// What a person knows of its session, which outlives its connections.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"
#include "tests/simulation/departures.hpp"
#include "tests/simulation/room_stream.hpp"

namespace chat::sim {

struct Said {
  MessageId id;
  RoomId room;     // 0: a whisper
  std::string to;  // of a whisper
  UserId user;     // the same; 0: whoever has the name
  std::string text;
  MessageKind kind = MessageKind::text;
};

struct Moment {
  std::int64_t milliseconds = 0;  // of the simulated clock
  Departures::Mark departures{};
};

struct Person {
  AddressKey address;
  std::uint32_t number = 0;  // name and the ids of its messages follow from it
  std::string wished;        // the name that a new session is to have

  std::uint8_t identity = 0;  // 0: none
  std::uint8_t secret = 100;

  UserId user;  // 0: it has no session
  std::string nickname;
  Bytes token;
  Epoch epoch;
  std::map<RoomId, RoomStream> rooms;
  std::map<RoomId, Sequence> since;  // the first message that it may read, of all it was in
  std::deque<Said> said;             // the latest
  std::set<MessageId> reused;        // ids that were said with another text, kind or room
  std::map<MessageId, std::pair<RoomId, Sequence>> place_of;  // of what was acknowledged
  std::set<MessageId> said_before;                            // through an earlier connection
  std::uint32_t messages = 0;

  // Whether the session is there may not be known: a hello without it was not answered.
  bool is_doubtful = false;
  // A room may have been left or come into without an answer.
  bool rooms_are_doubtful = false;
  bool said_goodbye = false;
  bool has_ended = false;                     // its goodbye was answered
  bool saw_crash = false;                     // since it was welcome
  Moment here_until{};                        // at least; while it is not here
  std::optional<std::int64_t> detached_at{};  // at the latest; in milliseconds, too
};

}  // namespace chat::sim
