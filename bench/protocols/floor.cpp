#include "bench/protocols/floor.hpp"

#include "bench/protocols/framed.hpp"
#include "bench/protocols/nickname.hpp"
#include "bench/protocols/posted_view.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {
namespace {

constexpr std::uint8_t kAdmitted = 255;
constexpr std::uint8_t kPosted = static_cast<std::uint8_t>(MessageType::posted);

}  // namespace

void FloorDialect::enter(ClientIndex client, const std::string&) {
  others_.settled(client, Sequence{1});
}

void FloorDialect::say(ClientIndex client, std::uint32_t, std::string_view text) {
  protocol::append_frame(
      outgoing_,
      protocol::Posted{RoomId{1}, Sequence{}, WallTime{}, UserId{client}, MessageKind::text,
                       nickname_of(names_, client), std::string(text)});
  others_.send(client, outgoing_);
  outgoing_.clear();
}

std::size_t FloorDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  return take_frames(bytes, others_, "the floor",
                     [&](const Frame& frame) { handle(client, frame, at); });
}

void FloorDialect::handle(ClientIndex client, const Frame& frame, Instant at) {
  if (frame.type == kPosted) [[likely]] {
    if (const auto posted = view_posted(frame.body))
      return messages_.posted(client, posted->sequence, posted->text, at);
  }
  if (frame.type == kAdmitted)
    return others_.welcomed(client);
  others_.trouble("the floor sent a frame that is not understood");
}

}  // namespace chat::bench
