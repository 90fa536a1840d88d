// What a client says to the server; every message begins with the client's number for it. See
// protocol.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "libchat/ids.hpp"
#include "libchat/message_records.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::protocol {

struct Hello {
  static constexpr auto type = MessageType::hello;
  RequestId request;
  std::uint16_t version = kProtocolVersion;  // the highest that the client speaks
  std::string nickname;
  IdentityId identity{};  // all zero: none
  IdentitySecret secret{};
  Bytes token{};  // of a session to take up again; empty: none
  Epoch epoch{};  // of what was read
  std::vector<LastRead> read{};
  static constexpr std::size_t kFieldsOfVersion1 = 3;
  static constexpr auto fields() {
    return std::tuple{field("request", &Hello::request),
                      field("version", &Hello::version),
                      field("nickname", &Hello::nickname, kMaxNameField),
                      field("identity", &Hello::identity),
                      field("secret", &Hello::secret),
                      field("token", &Hello::token, kMaxTokenBytes),
                      field("epoch", &Hello::epoch),
                      field("read", &Hello::read)};
  }
};

struct Say {
  static constexpr auto type = MessageType::say;
  RequestId request;
  RoomId room;
  MessageId id{};
  MessageKind kind = MessageKind::text;
  std::string text;
  static constexpr auto fields() {
    return std::tuple{field("request", &Say::request), field("room", &Say::room),
                      field("id", &Say::id), field("kind", &Say::kind),
                      field("text", &Say::text, kMaxTextField)};
  }
};

struct Whisper {
  static constexpr auto type = MessageType::whisper;
  RequestId request;
  MessageId id{};
  UserId user;  // whom the sender means by the nickname; 0: whoever holds it
  std::string nickname;
  MessageKind kind = MessageKind::text;
  std::string text;
  static constexpr auto fields() {
    return std::tuple{
        field("request", &Whisper::request), field("id", &Whisper::id),
        field("user", &Whisper::user),       field("nickname", &Whisper::nickname, kMaxNameField),
        field("kind", &Whisper::kind),       field("text", &Whisper::text, kMaxTextField)};
  }
};

struct Rename {
  static constexpr auto type = MessageType::rename;
  RequestId request;
  std::string nickname;
  static constexpr auto fields() {
    return std::tuple{field("request", &Rename::request),
                      field("nickname", &Rename::nickname, kMaxNameField)};
  }
};

struct Join {
  static constexpr auto type = MessageType::join;
  RequestId request;
  std::string name;
  static constexpr auto fields() {
    return std::tuple{field("request", &Join::request), field("name", &Join::name, kMaxNameField)};
  }
};

struct Leave {
  static constexpr auto type = MessageType::leave;
  RequestId request;
  RoomId room;
  static constexpr auto fields() {
    return std::tuple{field("request", &Leave::request), field("room", &Leave::room)};
  }
};

struct ListRooms {
  static constexpr auto type = MessageType::list_rooms;
  RequestId request;
  RoomId after;  // the last one of the page before; 0 for the first page
  static constexpr auto fields() {
    return std::tuple{field("request", &ListRooms::request), field("after", &ListRooms::after)};
  }
};

struct ListMembers {
  static constexpr auto type = MessageType::list_members;
  RequestId request;
  RoomId room;
  UserId after;  // the last one of the page before; 0 for the first page
  static constexpr auto fields() {
    return std::tuple{field("request", &ListMembers::request), field("room", &ListMembers::room),
                      field("after", &ListMembers::after)};
  }
};

struct ReadHistory {
  static constexpr auto type = MessageType::read_history;
  RequestId request;
  RoomId room;
  Sequence before;          // those right below this number; 0: the last ones
  std::uint16_t count = 0;  // no more than these
  static constexpr auto fields() {
    return std::tuple{field("request", &ReadHistory::request), field("room", &ReadHistory::room),
                      field("before", &ReadHistory::before), field("count", &ReadHistory::count)};
  }
};

struct Search {
  static constexpr auto type = MessageType::search;
  RequestId request;
  std::string text;
  std::uint64_t before = 0;  // `next` of the page before; 0 for the first page
  std::uint16_t count = 0;
  static constexpr auto fields() {
    return std::tuple{field("request", &Search::request),
                      field("text", &Search::text, kMaxTextField), field("before", &Search::before),
                      field("count", &Search::count)};
  }
};

// Up to where its user has seen a room. There is no answer.
struct MarkRead {
  static constexpr auto type = MessageType::mark_read;
  RequestId request;
  RoomId room;
  Sequence sequence;
  static constexpr auto fields() {
    return std::tuple{field("request", &MarkRead::request), field("room", &MarkRead::room),
                      field("sequence", &MarkRead::sequence)};
  }
};

// There is no answer but the room's `typing`.
struct TellTyping {
  static constexpr auto type = MessageType::tell_typing;
  RequestId request;
  RoomId room;
  static constexpr auto fields() {
    return std::tuple{field("request", &TellTyping::request), field("room", &TellTyping::room)};
  }
};

// There is no answer but the rooms' `away`.
struct SetAway {
  static constexpr auto type = MessageType::set_away;
  RequestId request;
  bool is_away = false;
  std::string sentence;  // why, or until when; may be empty
  static constexpr auto fields() {
    return std::tuple{field("request", &SetAway::request), field("is_away", &SetAway::is_away),
                      field("sentence", &SetAway::sentence, kMaxSentenceBytes)};
  }
};

}  // namespace chat::protocol
