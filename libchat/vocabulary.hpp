// The numbers that stand on the wire for types, kinds, errors and reasons, and the protocol's
// limits. Numbers are never reused (PROTOCOL.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace chat {

inline constexpr std::uint16_t kProtocolVersion = 4;
inline constexpr std::uint16_t kDefaultPort = 1338;
inline constexpr std::size_t kMaxTextBytes = 4096;
inline constexpr std::size_t kMaxSentenceBytes = 512;
inline constexpr std::string_view kLobbyName = "lobby";

enum class MessageType : std::uint8_t {
  // client to server; ping, pong and goodbye go both ways
  hello = 0x01,
  say = 0x02,
  whisper = 0x03,
  rename = 0x04,
  join = 0x05,
  leave = 0x06,
  list_rooms = 0x07,
  list_members = 0x08,
  ping = 0x09,
  pong = 0x0A,
  goodbye = 0x0B,
  read_history = 0x0C,
  search = 0x0D,
  mark_read = 0x0E,
  tell_typing = 0x0F,
  set_away = 0x10,
  // server to one client
  welcome = 0x81,
  room_opened = 0x82,
  room_closed = 0x83,
  nickname_changed = 0x84,
  acknowledged = 0x85,
  member_page = 0x86,
  room_page = 0x87,
  error = 0x88,
  gap = 0x89,
  history = 0x8A,
  search_results = 0x8B,
  notice = 0x8C,
  // in a room's log, the same bytes for every member
  posted = 0xC1,
  joined = 0xC2,
  left = 0xC3,
  renamed = 0xC4,
  member_count = 0xC5,
  presence = 0xC6,
  typing = 0xC7,
  away = 0xC8,
};

enum class MessageKind : std::uint8_t { text = 1, action = 2 };
constexpr bool is_known(MessageKind kind) {
  return kind == MessageKind::text || kind == MessageKind::action;
}

enum class RoomKind : std::uint8_t {
  open = 1,  // anyone may join it by its name
  pair = 2,  // a whisper's room of two
};
constexpr bool is_known(RoomKind kind) {
  return kind == RoomKind::open || kind == RoomKind::pair;
}

// What acknowledged messages survive, as a server says.
enum class DurabilityClaim : std::uint8_t {
  unsaid = 0,
  none = 1,     // nothing: they are gone when the server ends
  process = 2,  // that the server ends, however it ends
  power = 3,    // that the power fails, too
};
constexpr bool is_known(DurabilityClaim durability) {
  return durability <= DurabilityClaim::power;
}

// How a member of a room is there.
enum class PresenceState : std::uint8_t {
  here = 1,
  lost = 2,  // the connection broke some time ago; the member may come back
};
constexpr bool is_known(PresenceState state) {
  return state == PresenceState::here || state == PresenceState::lost;
}

// Why a request was refused. The connection stays open.
enum class ErrorCode : std::uint8_t {
  unknown_type = 1,
  bad_value = 2,
  invalid_utf8 = 3,
  field_too_long = 4,
  already_welcome = 5,
  invalid_nickname = 6,
  nickname_taken = 7,
  no_such_nickname = 8,
  nickname_changed_hands = 9,
  invalid_room_name = 10,
  no_such_room = 11,
  not_a_member = 12,
  already_member = 13,
  too_many_rooms = 14,
  text_empty = 15,
  text_too_long = 16,
  whisper_to_self = 17,
  not_stored = 18,
  id_reused = 19,
  identity_refused = 20,
  identity_in_use = 21,
  unknown_epoch = 22,
  bad_position = 23,
  not_kept = 24,
  too_many_reads = 25,
  unreadable = 26,
};
constexpr bool is_known(ErrorCode code) {
  return code >= ErrorCode::unknown_type && code <= ErrorCode::unreadable;
}

// Why a connection ends. Those up to restarting travel in a goodbye; the others are only logged,
// since there is nobody left to tell.
enum class CloseReason : std::uint8_t {
  quit = 1,                 // the client said goodbye
  shutting_down = 2,        // the server ends
  malformed = 3,            // a frame or body that cannot be taken apart
  frame_too_large = 4,      // a length above the limit
  hello_required = 5,       // a request before the hello was accepted
  unsupported_version = 6,  // protocol version 0
  hello_timeout = 7,        // no hello in time
  ping_timeout = 8,         // no answer to a ping, and nothing taken
  stalled = 9,              // output was pending and none was taken
  server_full = 10,         // as many connections as the server may have
  taken_over = 11,          // the session was taken up through another connection
  restarting = 12,          // the server ends, and the next one takes the sessions up
  end_of_input = 100,       // the peer closed its side
  reset = 101,              // the connection broke
  system_error = 102,       // a system call of ours failed
};
constexpr bool is_known(CloseReason reason) {
  return (reason >= CloseReason::quit && reason <= CloseReason::restarting) ||
         (reason >= CloseReason::end_of_input && reason <= CloseReason::system_error);
}

// Why a member is gone from a room.
enum class LeaveReason : std::uint8_t {
  left = 1,  // left this room
  quit = 2,  // said goodbye
  lost = 3,  // the connection ended otherwise
};
constexpr bool is_known(LeaveReason reason) {
  return reason >= LeaveReason::left && reason <= LeaveReason::lost;
}

// What is the matter with the server that concerns everybody.
enum class NoticeCode : std::uint8_t {
  disk_full = 1,       // no message can be stored, so none is taken
  disk_recovered = 2,  // messages are taken again
};
constexpr bool is_known(NoticeCode code) {
  return code == NoticeCode::disk_full || code == NoticeCode::disk_recovered;
}

// snake_case names for logs, documents and tests.
std::string_view name_of(ErrorCode code);
std::string_view name_of(CloseReason reason);
std::string_view name_of(LeaveReason reason);
std::string_view name_of(NoticeCode code);
std::string_view name_of(DurabilityClaim durability);

// Sentences for people.
std::string_view describe(ErrorCode code);
std::string_view describe(CloseReason reason);
std::string_view describe(NoticeCode code);

}  // namespace chat
