#include "libchat/vocabulary.hpp"

namespace chat {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::unknown_type:
      return "unknown_type";
    case ErrorCode::bad_value:
      return "bad_value";
    case ErrorCode::invalid_utf8:
      return "invalid_utf8";
    case ErrorCode::field_too_long:
      return "field_too_long";
    case ErrorCode::already_welcome:
      return "already_welcome";
    case ErrorCode::invalid_nickname:
      return "invalid_nickname";
    case ErrorCode::nickname_taken:
      return "nickname_taken";
    case ErrorCode::no_such_nickname:
      return "no_such_nickname";
    case ErrorCode::nickname_changed_hands:
      return "nickname_changed_hands";
    case ErrorCode::invalid_room_name:
      return "invalid_room_name";
    case ErrorCode::no_such_room:
      return "no_such_room";
    case ErrorCode::not_a_member:
      return "not_a_member";
    case ErrorCode::already_member:
      return "already_member";
    case ErrorCode::too_many_rooms:
      return "too_many_rooms";
    case ErrorCode::text_empty:
      return "text_empty";
    case ErrorCode::text_too_long:
      return "text_too_long";
    case ErrorCode::whisper_to_self:
      return "whisper_to_self";
    case ErrorCode::not_stored:
      return "not_stored";
    case ErrorCode::id_reused:
      return "id_reused";
    case ErrorCode::identity_refused:
      return "identity_refused";
    case ErrorCode::identity_in_use:
      return "identity_in_use";
    case ErrorCode::unknown_epoch:
      return "unknown_epoch";
    case ErrorCode::bad_position:
      return "bad_position";
    case ErrorCode::not_kept:
      return "not_kept";
    case ErrorCode::too_many_reads:
      return "too_many_reads";
    case ErrorCode::unreadable:
      return "unreadable";
  }
  return "unknown";
}

std::string_view name_of(CloseReason reason) {
  switch (reason) {
    case CloseReason::quit:
      return "quit";
    case CloseReason::shutting_down:
      return "shutting_down";
    case CloseReason::malformed:
      return "malformed";
    case CloseReason::frame_too_large:
      return "frame_too_large";
    case CloseReason::hello_required:
      return "hello_required";
    case CloseReason::unsupported_version:
      return "unsupported_version";
    case CloseReason::hello_timeout:
      return "hello_timeout";
    case CloseReason::ping_timeout:
      return "ping_timeout";
    case CloseReason::stalled:
      return "stalled";
    case CloseReason::server_full:
      return "server_full";
    case CloseReason::taken_over:
      return "taken_over";
    case CloseReason::restarting:
      return "restarting";
    case CloseReason::end_of_input:
      return "end_of_input";
    case CloseReason::reset:
      return "reset";
    case CloseReason::system_error:
      return "system_error";
  }
  return "unknown";
}

std::string_view name_of(LeaveReason reason) {
  switch (reason) {
    case LeaveReason::left:
      return "left";
    case LeaveReason::quit:
      return "quit";
    case LeaveReason::lost:
      return "lost";
  }
  return "unknown";
}

std::string_view name_of(NoticeCode code) {
  switch (code) {
    case NoticeCode::disk_full:
      return "disk_full";
    case NoticeCode::disk_recovered:
      return "disk_recovered";
  }
  return "unknown";
}

std::string_view name_of(DurabilityClaim durability) {
  switch (durability) {
    case DurabilityClaim::unsaid:
      return "unsaid";
    case DurabilityClaim::none:
      return "none";
    case DurabilityClaim::process:
      return "process";
    case DurabilityClaim::power:
      return "power";
  }
  return "unknown";
}

std::string_view describe(ErrorCode code) {
  switch (code) {
    case ErrorCode::unknown_type:
      return "The server does not know this type of message.";
    case ErrorCode::bad_value:
      return "The message has a value that does not exist.";
    case ErrorCode::invalid_utf8:
      return "The message has a text that is not UTF-8.";
    case ErrorCode::field_too_long:
      return "The message has a field that is too long.";
    case ErrorCode::already_welcome:
      return "You have a nickname already.";
    case ErrorCode::invalid_nickname:
      return "This is not a valid nickname.";
    case ErrorCode::nickname_taken:
      return "This nickname is taken.";
    case ErrorCode::no_such_nickname:
      return "Nobody here has this nickname.";
    case ErrorCode::nickname_changed_hands:
      return "This nickname belongs to somebody else now.";
    case ErrorCode::invalid_room_name:
      return "This is not a valid name for a room.";
    case ErrorCode::no_such_room:
      return "There is no such room.";
    case ErrorCode::not_a_member:
      return "You are not in this room.";
    case ErrorCode::already_member:
      return "You are in this room already.";
    case ErrorCode::too_many_rooms:
      return "You are in as many rooms as one may be.";
    case ErrorCode::text_empty:
      return "There is no text in the message.";
    case ErrorCode::text_too_long:
      return "The text is longer than 4096 bytes.";
    case ErrorCode::whisper_to_self:
      return "You cannot whisper to yourself.";
    case ErrorCode::not_stored:
      return "The message could not be stored and was not sent.";
    case ErrorCode::id_reused:
      return "Another message was sent under this id.";
    case ErrorCode::identity_refused:
      return "The secret does not belong to this identity.";
    case ErrorCode::identity_in_use:
      return "This identity is here already.";
    case ErrorCode::unknown_epoch:
      return "The server has begun to count anew.";
    case ErrorCode::bad_position:
      return "There is no message with such a number yet.";
    case ErrorCode::not_kept:
      return "The server keeps no messages to search.";
    case ErrorCode::too_many_reads:
      return "Wait for the answers to what you have asked for.";
    case ErrorCode::unreadable:
      return "The messages could not be read from the store.";
  }
  return "The server refused the request.";
}

std::string_view describe(CloseReason reason) {
  switch (reason) {
    case CloseReason::quit:
      return "Goodbye.";
    case CloseReason::shutting_down:
      return "The server is shutting down.";
    case CloseReason::malformed:
      return "A frame could not be understood.";
    case CloseReason::frame_too_large:
      return "A frame was larger than 16384 bytes.";
    case CloseReason::hello_required:
      return "The first request must be a hello.";
    case CloseReason::unsupported_version:
      return "The protocol version is not supported.";
    case CloseReason::hello_timeout:
      return "No hello came in time.";
    case CloseReason::ping_timeout:
      return "No answer came to a ping.";
    case CloseReason::stalled:
      return "Nothing was read for too long.";
    case CloseReason::server_full:
      return "The server is full.";
    case CloseReason::taken_over:
      return "Your session goes on in another connection.";
    case CloseReason::restarting:
      return "The server restarts.";
    case CloseReason::end_of_input:
      return "The connection was closed.";
    case CloseReason::reset:
      return "The connection broke.";
    case CloseReason::system_error:
      return "The server had to give up the connection.";
  }
  return "The connection ended.";
}

std::string_view describe(NoticeCode code) {
  switch (code) {
    case NoticeCode::disk_full:
      return "The server's disk is full: nothing can be said until there is space again.";
    case NoticeCode::disk_recovered:
      return "The server's disk has space again: messages are taken as before.";
  }
  return "There is something about the server.";
}

}  // namespace chat
