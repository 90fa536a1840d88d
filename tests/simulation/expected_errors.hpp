#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libchat/ids.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::sim {

// A request that waits for its answer.
struct Asked {
  MessageType type;
  std::optional<MessageId> id{};             // of a message
  std::string text{};                        // of a message
  MessageKind kind{};                        // of a message
  RoomId room{};                             // of a message, or what is left or listed
  std::string name{};                        // of a room that is joined, or whom a whisper is to
  std::uint64_t failed_batches = 0;          // before it was asked
  std::optional<ErrorCode> must_fail{};      // how it must be refused
  bool names_future = false;                 // a hello that claims what there is not yet
  bool names_epoch = false;                  // a hello that claims an unknown epoch
  std::uint16_t version = kProtocolVersion;  // of a hello
  Sequence end{};                            // of a history: it reaches up to there at least
  std::size_t count = 0;                     // the same: no more messages than these
  bool may_be_refused_identity = false;      // a hello whose secret may be another one by now
  bool is_first_hello = true;                // of its connection
};

// Whether PROTOCOL.md has this error for such a request.
bool may_be_refused(const Asked& asked, ErrorCode with);

// Of what is not answered otherwise.
bool may_refuse_told(ErrorCode code);

}  // namespace chat::sim
