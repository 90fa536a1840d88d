#include "libchat/room_readers.hpp"

#include <algorithm>
#include <cassert>

namespace chat {

RoomReaders::Share& RoomReaders::share_of(ReactorId reactor) {
  const auto place = std::find_if(shares_.begin(), shares_.end(),
                                  [&](const Share& share) { return share.reactor == reactor; });
  return place != shares_.end() ? *place : shares_.emplace_back(Share{.reactor = reactor});
}

void RoomReaders::attach(const RoomLog& log, LogPlace place, ReactorId reactor,
                         ConnectionId connection, UserId except, Outbox& outbox) {
  const LogPlace held =
      place.position < log.tail() ? LogPlace{log.tail(), log.tail_sequence()} : place;
  Share& share = share_of(reactor);
  // The reactor may still hold the room, for a connection that ends and is not counted any more. It
  // was told of no tail since then, and would take for held what is not.
  if (share.readers == 0)
    outbox.push_back(outbox::Tail{log.room(), log.tail(), log.tail_sequence()});
  // What is behind the place is handed over once more with the next head.
  share.head = share.readers == 0 ? held.position : std::min(share.head, held.position);
  ++share.readers;
  // The reactor drops what it holds of a room with its last reader, which it may have lost before
  // we hear of it. So the segment that is being filled is handed over once more, too.
  share.has_segments = false;
  outbox.push_back(outbox::Attach{connection, log.room(), place, held, except});
}

void RoomReaders::release(ReactorId reactor) {
  Share& share = share_of(reactor);
  assert(share.readers > 0);
  --share.readers;
}

void RoomReaders::hand_out_head(const RoomLog& log, std::span<Outbox> outboxes) {
  for (Share& share : shares_) {
    if (share.readers == 0 || share.head == log.head())
      continue;
    auto fresh =
        share.has_segments ? log.segments_begun(share.head) : log.segments_holding(share.head);
    outboxes[share.reactor.value].push_back(
        outbox::Head{log.room(), log.head(), log.next(), std::move(fresh)});
    share.head = log.head();
    share.has_segments = true;
  }
}

void RoomReaders::hand_out_tail(const RoomLog& log, std::span<Outbox> outboxes) const {
  for (const Share& share : shares_)
    if (share.readers > 0)
      outboxes[share.reactor.value].push_back(
          outbox::Tail{log.room(), log.tail(), log.tail_sequence()});
}

}  // namespace chat
