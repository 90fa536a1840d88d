// One entry of the chat area.
#pragma once

#include <string>
#include <string_view>

#include "libchat/ids.hpp"

namespace chat::client {

enum class LineKind {
  message,      // of somebody else
  own_message,  // of this user
  pending,      // of this user, not acknowledged yet
  whisper,      // to or from this user alone
  event,        // joined, left, renamed, missed messages
  notice,       // an answer to what the user asked
  error,        // a refusal, or the end of the connection
  beginning,    // nothing older is kept
  hit,          // a message that was searched for
};

struct Line {
  LineKind kind;
  std::string text;   // begins with the time
  Sequence number{};  // of the message in its room or pair; 0 for what is none, or not known by it
  RoomId pair{};      // the pair that it was said in; 0: the room in which the line stands
};

// True for what somebody said, false for what the client tells.
bool is_said(LineKind kind);

// How many bytes (and columns) the time takes in front of a line, with the space behind it.
inline constexpr int kClockWidth = 6;

// "12:03 " and the text; in the time zone of this machine.
Line make_line(LineKind kind, WallTime when, std::string_view text);

// The same, of what has no time.
Line make_line_without_time(LineKind kind, std::string_view text);

// Stands above the oldest message that the server keeps.
Line beginning_line();

// "2026-11-29 12:03", in the time zone of this machine.
std::string date_and_clock(WallTime when);

}  // namespace chat::client
