// The protocol's messages, each declared once: its type and the list of its fields. Encoder,
// decoder, golden vectors and the tables of PROTOCOL.md are held to these declarations by tests.
//
// Fields are only ever appended, and to messages alone, not to the records in them. Who speaks
// version 1 knows only the first kFieldsOfVersion1 of a message that has grown, and sends no
// others; who speaks another version knows some more of them. All values here are plain data; any
// thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "libchat/frame.hpp"
#include "libchat/ids.hpp"
#include "libchat/name.hpp"
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

// --- records inside messages --------------------------------------------------------------------

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

// --- client to server; every one begins with the client's number for it --------------------------

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

// --- both ways ----------------------------------------------------------------------------------

struct Ping {
  static constexpr auto type = MessageType::ping;
  RequestId request;
  static constexpr auto fields() { return std::tuple{field("request", &Ping::request)}; }
};

struct Pong {
  static constexpr auto type = MessageType::pong;
  RequestId request;
  static constexpr auto fields() { return std::tuple{field("request", &Pong::request)}; }
};

struct Goodbye {
  static constexpr auto type = MessageType::goodbye;
  RequestId request;
  CloseReason reason = CloseReason::quit;
  std::string sentence;
  static constexpr auto fields() {
    return std::tuple{field("request", &Goodbye::request), field("reason", &Goodbye::reason),
                      field("sentence", &Goodbye::sentence, kMaxSentenceBytes)};
  }
};

// --- server to one client -----------------------------------------------------------------------

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
                      field("history", &Welcome::history)};
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

// --- in a room's log ----------------------------------------------------------------------------

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

using ClientMessage =
    std::variant<Hello, Say, Whisper, Rename, Join, Leave, ListRooms, ListMembers, Ping, Pong,
                 Goodbye, ReadHistory, Search, MarkRead, TellTyping, SetAway>;
using ServerMessage =
    std::variant<Welcome, RoomOpened, RoomClosed, NicknameChanged, Acknowledged, MemberPage,
                 RoomPage, Error, Gap, Posted, Joined, Left, Renamed, MemberCount, Presence, Ping,
                 Pong, Goodbye, History, SearchResults, Notice, Typing, Away>;

// --- encoding and decoding ----------------------------------------------------------------------

// Appends the message as a frame. Precondition: it fits kMaxFrameLength.
template <class Message>
void append_frame(Bytes& out, const Message& message) {
  const FrameWriter writer(out, static_cast<std::uint8_t>(Message::type));
  wire::write(out, message);
}

template <class Message>
Bytes encode(const Message& message) {
  Bytes out;
  append_frame(out, message);
  return out;
}

// What can be wrong with a frame's content.
enum class Fault {
  unknown_type,
  truncated,
  too_long,
  invalid_utf8,
  bad_value,
};

std::expected<ClientMessage, Fault> decode_client_message(const Frame& frame);
std::expected<ServerMessage, Fault> decode_server_message(const Frame& frame);

// Whose message a well-formed frame of a log is; 0 when it is none.
UserId author_of(const Frame& frame);

// The request number that a client's frame begins with, also when the rest cannot be decoded; 0
// when the frame is too short to have one.
RequestId request_of(const Frame& frame);

}  // namespace chat::protocol
