// What the server says to one client. See protocol.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "libchat/frame.hpp"
#include "libchat/ids.hpp"
#include "libchat/message_records.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::protocol {

struct Welcome {
  static constexpr auto type = MessageType::welcome;
  RequestId request;
  std::uint16_t version = kProtocolVersion;  // the one that is spoken from here on
  UserId user;
  std::string nickname;
  std::string server;
  std::string server_version;
  Epoch epoch;
  WallTime time;
  std::uint32_t max_frame_length = kMaxFrameLength;
  std::uint16_t max_text_bytes = kMaxTextBytes;
  std::uint16_t max_rooms = 0;
  bool resumed = false;              // the session of the token was taken up again
  Bytes token{};                     // to take this session up again
  std::uint32_t resume_seconds = 0;  // how long that is possible after the connection broke
  std::uint16_t history = 0;         // how many messages to show of a room; 0: none are kept
  DurabilityClaim durability{};
  static constexpr std::size_t kFieldsOfVersion1 = 11;
  static constexpr auto fields() {
    return std::tuple{field("request", &Welcome::request),
                      field("version", &Welcome::version),
                      field("user", &Welcome::user),
                      field("nickname", &Welcome::nickname, kMaxNameField),
                      field("server", &Welcome::server, kMaxNameField),
                      field("server_version", &Welcome::server_version, kMaxNameField),
                      field("epoch", &Welcome::epoch),
                      field("time", &Welcome::time),
                      field("max_frame_length", &Welcome::max_frame_length),
                      field("max_text_bytes", &Welcome::max_text_bytes),
                      field("max_rooms", &Welcome::max_rooms),
                      field("resumed", &Welcome::resumed),
                      field("token", &Welcome::token, kMaxTokenBytes),
                      field("resume_seconds", &Welcome::resume_seconds),
                      field("history", &Welcome::history),
                      field("durability", &Welcome::durability)};
  }
};

struct RoomOpened {
  static constexpr auto type = MessageType::room_opened;
  RequestId request;  // of the hello, join or whisper; 0 for who is whispered to
  RoomId room;
  RoomKind kind = RoomKind::open;
  std::string name;  // of a pair: the other one's nickname
  Sequence next;     // the sequence number of the next message
  std::uint32_t members = 0;
  bool listed = true;  // member pages follow; otherwise the room announces counts
  bool reset = false;  // what one knows by number of this room is void
  Sequence read{};     // up to where its user has seen it; 0: nothing is known of that
  static constexpr std::size_t kFieldsOfVersion1 = 7;
  static constexpr auto fields() {
    return std::tuple{
        field("request", &RoomOpened::request), field("room", &RoomOpened::room),
        field("kind", &RoomOpened::kind),       field("name", &RoomOpened::name, kMaxNameField),
        field("next", &RoomOpened::next),       field("members", &RoomOpened::members),
        field("listed", &RoomOpened::listed),   field("reset", &RoomOpened::reset),
        field("read", &RoomOpened::read)};
  }
};

struct RoomClosed {
  static constexpr auto type = MessageType::room_closed;
  RequestId request;
  RoomId room;
  static constexpr auto fields() {
    return std::tuple{field("request", &RoomClosed::request), field("room", &RoomClosed::room)};
  }
};

struct NicknameChanged {
  static constexpr auto type = MessageType::nickname_changed;
  RequestId request;
  std::string nickname;
  static constexpr auto fields() {
    return std::tuple{field("request", &NicknameChanged::request),
                      field("nickname", &NicknameChanged::nickname, kMaxNameField)};
  }
};

struct Acknowledged {
  static constexpr auto type = MessageType::acknowledged;
  RequestId request;
  MessageId id{};
  RoomId room;
  Sequence sequence;
  WallTime time;
  static constexpr auto fields() {
    return std::tuple{field("request", &Acknowledged::request), field("id", &Acknowledged::id),
                      field("room", &Acknowledged::room),
                      field("sequence", &Acknowledged::sequence),
                      field("time", &Acknowledged::time)};
  }
};

// Members of a room, by ascending user id. With request 0 it is a part of a snapshot that replaces
// the list one had; such a page also stands in a log, when a room goes back from counts to names.
struct MemberPage {
  static constexpr auto type = MessageType::member_page;
  RequestId request;
  RoomId room;
  std::uint32_t total = 0;
  bool first = true;
  bool last = true;
  std::vector<Person> people;
  std::vector<UserId> lost{};  // of these
  std::vector<UserId> away{};  // of these
  static constexpr std::size_t kFieldsOfVersion1 = 6;
  static constexpr auto fields() {
    return std::tuple{field("request", &MemberPage::request), field("room", &MemberPage::room),
                      field("total", &MemberPage::total),     field("first", &MemberPage::first),
                      field("last", &MemberPage::last),       field("people", &MemberPage::people),
                      field("lost", &MemberPage::lost),       field("away", &MemberPage::away)};
  }
};

struct RoomPage {
  static constexpr auto type = MessageType::room_page;
  RequestId request;
  bool last = true;
  std::vector<RoomSummary> rooms;
  static constexpr auto fields() {
    return std::tuple{field("request", &RoomPage::request), field("last", &RoomPage::last),
                      field("rooms", &RoomPage::rooms)};
  }
};

struct Error {
  static constexpr auto type = MessageType::error;
  RequestId request;
  ErrorCode code{};
  std::string sentence;
  static constexpr auto fields() {
    return std::tuple{field("request", &Error::request), field("code", &Error::code),
                      field("sentence", &Error::sentence, kMaxSentenceBytes)};
  }
};

// The messages `from` to `to` of a room are no longer held; a snapshot follows.
struct Gap {
  static constexpr auto type = MessageType::gap;
  RoomId room;
  Sequence from;
  Sequence to;
  static constexpr auto fields() {
    return std::tuple{field("room", &Gap::room), field("from", &Gap::from), field("to", &Gap::to)};
  }
};

// Ascending, the ones right below the number asked for.
struct History {
  static constexpr auto type = MessageType::history;
  RequestId request;
  RoomId room;
  bool more = false;  // there are older ones
  std::vector<HistoryMessage> messages;
  static constexpr auto fields() {
    return std::tuple{field("request", &History::request), field("room", &History::room),
                      field("more", &History::more), field("messages", &History::messages)};
  }
};

// Newest first.
struct SearchResults {
  static constexpr auto type = MessageType::search_results;
  RequestId request;
  std::uint64_t next = 0;  // to ask for the following page with; 0: there is none
  std::vector<SearchHit> hits;
  static constexpr auto fields() {
    return std::tuple{field("request", &SearchResults::request),
                      field("next", &SearchResults::next), field("hits", &SearchResults::hits)};
  }
};

struct Notice {
  static constexpr auto type = MessageType::notice;
  NoticeCode code{};
  std::string sentence;
  static constexpr auto fields() {
    return std::tuple{field("code", &Notice::code),
                      field("sentence", &Notice::sentence, kMaxSentenceBytes)};
  }
};

}  // namespace chat::protocol
