// One entry of the chat area.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client/name_colour.hpp"
#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

enum class LineKind : std::uint8_t {
  message,      // of somebody else
  own_message,  // of this user
  pending,      // of this user, not acknowledged yet
  failed,       // of this user, given up
  event,        // joined, left, renamed, missed messages
  notice,       // an answer to what the user asked
  error,        // a refusal, or the end of the connection
  beginning,    // nothing older is kept
  marker,       // what is below it is new
  hit,          // a message that was searched for
};

// Where the name of who said it stands in the text of a line.
struct Author {
  std::uint16_t begin = 0;
  std::uint16_t bytes = 0;  // 0: nobody's name stands there
  NameColour colour{};
};

// Rooms hold thousands of them: what is drawn is made of this when it is drawn.
struct Line {
  LineKind kind;
  std::string text;
  WallTime time{};    // 0 for what has none
  Sequence number{};  // of the message in its room; 0 for what is none, or not known by it
  Author author{};
  bool is_mention = false;  // it should not be overlooked
};

// True for what somebody said, false for what the client tells.
bool is_said(LineKind kind);

Line make_line(LineKind kind, WallTime when, std::string_view text);

Line make_line_without_time(LineKind kind, std::string_view text);

// Stands above the oldest message that the server keeps.
Line beginning_line();

// Stands above the first message that the user has not seen.
Line marker_line();

// "12:03", in the time zone of this machine.
std::string clock_of(WallTime when);

// Whether both are of one day in that time zone.
bool is_same_day(WallTime a, WallTime b);

// "Sunday, 29 November 2026", or a shorter form of it when that is more than `most` columns wide.
std::string day_of(WallTime when, Columns most);

// "2026-11-29 12:03:05", in the time zone of this machine.
std::string date_and_time(WallTime when);

// "2026-11-29 12:03", in the time zone of this machine.
std::string date_and_clock(WallTime when);

}  // namespace chat::client
