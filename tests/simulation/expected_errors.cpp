#include "tests/simulation/expected_errors.hpp"

namespace chat::sim {
namespace {

bool may_refuse_hello(const Asked& asked, ErrorCode code) {
  switch (code) {
    case ErrorCode::nickname_taken:
    case ErrorCode::identity_in_use:
      return true;
    case ErrorCode::identity_refused:
      return asked.may_be_refused_identity;
    case ErrorCode::already_welcome:
      return !asked.is_first_hello;
    case ErrorCode::bad_position:
      return asked.names_future;
    case ErrorCode::unknown_epoch:
      return asked.names_epoch && asked.version < 3;
    default:
      return false;
  }
}

bool may_refuse_message(ErrorCode code) {
  return code == ErrorCode::not_stored || code == ErrorCode::id_reused;
}

bool is_outsiders(ErrorCode code) {
  return code == ErrorCode::not_a_member || code == ErrorCode::no_such_room;
}

bool may_refuse_whisper(ErrorCode code) {
  return code == ErrorCode::no_such_nickname || code == ErrorCode::nickname_changed_hands ||
         code == ErrorCode::whisper_to_self || code == ErrorCode::too_many_rooms;
}

}  // namespace

bool may_refuse_told(ErrorCode code) {
  return is_outsiders(code);
}

bool may_be_refused(const Asked& asked, ErrorCode code) {
  if (asked.must_fail)
    return code == *asked.must_fail;
  switch (asked.type) {
    case MessageType::hello:
      return may_refuse_hello(asked, code);
    case MessageType::say:
      return may_refuse_message(code) || is_outsiders(code);
    case MessageType::whisper:
      return may_refuse_message(code) || may_refuse_whisper(code);
    case MessageType::rename:
      return code == ErrorCode::nickname_taken;
    case MessageType::join:
      return code == ErrorCode::already_member;
    case MessageType::leave:
    case MessageType::list_members:
      return is_outsiders(code);
    case MessageType::read_history:
      return is_outsiders(code);
    case MessageType::search:
      return code == ErrorCode::not_kept;
    default:
      return false;
  }
}

}  // namespace chat::sim
