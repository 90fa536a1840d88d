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
#include <variant>

#include "libchat/client_messages.hpp"
#include "libchat/frame.hpp"
#include "libchat/ids.hpp"
#include "libchat/log_messages.hpp"
#include "libchat/server_messages.hpp"
#include "libchat/shared_messages.hpp"
#include "libchat/wire.hpp"

namespace chat::protocol {

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
