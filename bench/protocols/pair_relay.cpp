#include "bench/protocols/pair_relay.hpp"

#include "bench/protocols/framed.hpp"
#include "bench/protocols/nickname.hpp"
#include "bench/protocols/posted_view.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {
namespace {

constexpr std::uint8_t kAdmitted = 255;

// The sender, in a field that edgechat needs for the room.
RoomId stamp_of(ClientIndex client) {
  return RoomId{client};
}

}  // namespace

void PairRelayDialect::greet(ClientIndex client) {
  wire::write(outgoing_, std::uint32_t{client / 2});
  others_.send(client, outgoing_);
  outgoing_.clear();
}

void PairRelayDialect::whisper(ClientIndex from, ClientIndex, std::uint32_t number,
                               std::string_view text) {
  protocol::append_frame(
      outgoing_,
      protocol::Posted{stamp_of(from), Sequence{std::uint64_t{number} + 1}, WallTime{}, UserId{},
                       MessageKind::text, nickname_of(names_, from), std::string(text)});
  others_.send(from, outgoing_);
  outgoing_.clear();
}

std::size_t PairRelayDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  return take_frames(bytes, others_, "the relay",
                     [&](const Frame& frame) { handle(client, frame, at); });
}

void PairRelayDialect::handle(ClientIndex client, const Frame& frame, Instant at) {
  if (frame.type == kAdmitted)
    return others_.welcomed(client);
  const auto posted = view_posted(frame.body);
  if (!posted)
    return others_.trouble("the relay sent a frame that is not understood");
  if (posted->room == stamp_of(client))
    messages_.acknowledged(client, static_cast<std::uint32_t>(posted->sequence.value - 1),
                           posted->sequence);
  else
    messages_.whispered(client, posted->sequence, posted->text, at);
}

}  // namespace chat::bench
