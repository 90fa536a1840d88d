// What stands in a room's log, and so is sent to all who are in it. See protocol.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "libchat/ids.hpp"
#include "libchat/message_records.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::protocol {

// 38 bytes beside name and text, framing included.
struct Posted {
  static constexpr auto type = MessageType::posted;
  RoomId room;
  Sequence sequence;
  WallTime time;
  UserId user;
  MessageKind kind = MessageKind::text;
  std::string nickname;  // as it was when the message was accepted
  std::string text;
  static constexpr auto fields() {
    return std::tuple{field("room", &Posted::room),
                      field("sequence", &Posted::sequence),
                      field("time", &Posted::time),
                      field("user", &Posted::user),
                      field("kind", &Posted::kind),
                      field("nickname", &Posted::nickname, kMaxNameField),
                      field("text", &Posted::text, kMaxTextField)};
  }
};

struct Joined {
  static constexpr auto type = MessageType::joined;
  RoomId room;
  WallTime time;
  std::vector<Person> people;
  static constexpr auto fields() {
    return std::tuple{field("room", &Joined::room), field("time", &Joined::time),
                      field("people", &Joined::people)};
  }
};

struct Left {
  static constexpr auto type = MessageType::left;
  RoomId room;
  WallTime time;
  std::vector<Departure> people;
  static constexpr auto fields() {
    return std::tuple{field("room", &Left::room), field("time", &Left::time),
                      field("people", &Left::people)};
  }
};

struct Renamed {
  static constexpr auto type = MessageType::renamed;
  RoomId room;
  WallTime time;
  UserId user;
  std::string before;
  std::string after;
  static constexpr auto fields() {
    return std::tuple{field("room", &Renamed::room), field("time", &Renamed::time),
                      field("user", &Renamed::user),
                      field("before", &Renamed::before, kMaxNameField),
                      field("after", &Renamed::after, kMaxNameField)};
  }
};

// The room announces counts instead of names from here on.
struct MemberCount {
  static constexpr auto type = MessageType::member_count;
  RoomId room;
  std::uint32_t members = 0;
  static constexpr auto fields() {
    return std::tuple{field("room", &MemberCount::room), field("members", &MemberCount::members)};
  }
};

// Members of whom there is news; they stay members.
struct Presence {
  static constexpr auto type = MessageType::presence;
  RoomId room;
  WallTime time;
  std::vector<PresenceChange> people;
  static constexpr auto fields() {
    return std::tuple{field("room", &Presence::room), field("time", &Presence::time),
                      field("people", &Presence::people)};
  }
};

// A member is writing a message.
struct Typing {
  static constexpr auto type = MessageType::typing;
  RoomId room;
  WallTime time;
  UserId user;
  std::string nickname;
  static constexpr auto fields() {
    return std::tuple{field("room", &Typing::room), field("time", &Typing::time),
                      field("user", &Typing::user),
                      field("nickname", &Typing::nickname, kMaxNameField)};
  }
};

// A member says that they do not look, or that they do again; they stay a member.
struct Away {
  static constexpr auto type = MessageType::away;
  RoomId room;
  WallTime time;
  UserId user;
  std::string nickname;
  bool is_away = false;
  std::string sentence;  // why, or until when; may be empty
  static constexpr auto fields() {
    return std::tuple{
        field("room", &Away::room),       field("time", &Away::time),
        field("user", &Away::user),       field("nickname", &Away::nickname, kMaxNameField),
        field("is_away", &Away::is_away), field("sentence", &Away::sentence, kMaxSentenceBytes)};
  }
};

}  // namespace chat::protocol
