// What the protocol's messages have in them: records, and the bounds of names, texts and tokens.
// All values here are plain data; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "libchat/frame.hpp"
#include "libchat/ids.hpp"
#include "libchat/vocabulary.hpp"
#include "libchat/wire.hpp"

namespace chat::protocol {

using wire::field;

// A name as it travels. The bound leaves room for a claim to be refused in words; what a name may
// be is Name's business.
inline constexpr std::size_t kMaxNameField = 1024;
// A text above kMaxTextBytes is refused by the hub with text_too_long, up to what a frame can hold.
inline constexpr std::size_t kMaxTextField = kMaxFrameLength;

// A token says nothing to a client; the bound leaves room for other kinds.
inline constexpr std::size_t kMaxTokenBytes = 64;

struct Person {
  UserId user;
  std::string nickname;
  static constexpr auto fields() {
    return std::tuple{field("user", &Person::user),
                      field("nickname", &Person::nickname, kMaxNameField)};
  }
};

struct PresenceChange {
  UserId user;
  std::string nickname;
  PresenceState state{};
  static constexpr auto fields() {
    return std::tuple{field("user", &PresenceChange::user),
                      field("nickname", &PresenceChange::nickname, kMaxNameField),
                      field("state", &PresenceChange::state)};
  }
};

// How far a client has read a room.
struct LastRead {
  RoomId room;
  Sequence sequence;  // it knows this message and all before; 0 for none
  static constexpr auto fields() {
    return std::tuple{field("room", &LastRead::room), field("sequence", &LastRead::sequence)};
  }
};

struct Departure {
  UserId user;
  std::string nickname;
  LeaveReason reason{};
  static constexpr auto fields() {
    return std::tuple{field("user", &Departure::user),
                      field("nickname", &Departure::nickname, kMaxNameField),
                      field("reason", &Departure::reason)};
  }
};

struct RoomSummary {
  RoomId room;
  std::string name;
  std::uint32_t members = 0;
  static constexpr auto fields() {
    return std::tuple{field("room", &RoomSummary::room),
                      field("name", &RoomSummary::name, kMaxNameField),
                      field("members", &RoomSummary::members)};
  }
};

// A message as it was published.
struct HistoryMessage {
  Sequence sequence;
  WallTime time;
  UserId user;
  MessageKind kind = MessageKind::text;
  std::string nickname;  // as it was when the message was accepted
  std::string text;
  static constexpr auto fields() {
    return std::tuple{field("sequence", &HistoryMessage::sequence),
                      field("time", &HistoryMessage::time),
                      field("user", &HistoryMessage::user),
                      field("kind", &HistoryMessage::kind),
                      field("nickname", &HistoryMessage::nickname, kMaxNameField),
                      field("text", &HistoryMessage::text, kMaxTextField)};
  }
};

// The same, found in a room.
struct SearchHit {
  RoomId room;
  Sequence sequence;
  WallTime time;
  UserId user;
  MessageKind kind = MessageKind::text;
  std::string nickname;
  std::string text;
  static constexpr auto fields() {
    return std::tuple{field("room", &SearchHit::room),
                      field("sequence", &SearchHit::sequence),
                      field("time", &SearchHit::time),
                      field("user", &SearchHit::user),
                      field("kind", &SearchHit::kind),
                      field("nickname", &SearchHit::nickname, kMaxNameField),
                      field("text", &SearchHit::text, kMaxTextField)};
  }
};

}  // namespace chat::protocol
