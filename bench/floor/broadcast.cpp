#include "bench/floor/broadcast.hpp"

#include "bench/floor/frames.hpp"
#include "bench/floor/output.hpp"

namespace chat::floor {

void Broadcast::arrived(Client& client) {
  client.seat = audience_.size();
  audience_.push_back(&client);
  send_or_keep(client, kAdmitted);
}

std::optional<std::size_t> Broadcast::received(Client&, ByteView bytes) {
  const auto whole = whole_frames(bytes);
  if (whole)
    append(round_, bytes.first(*whole));
  return whole;
}

void Broadcast::round_ended() {
  if (sends_ == Sends::one_per_round && !round_.empty())
    send_to_all(round_);
  if (sends_ == Sends::one_per_message)
    for (ByteView rest = round_; !rest.empty();) {
      const ByteView frame = rest.first(*frame_at_front(rest));
      send_to_all(frame);
      rest = rest.subspan(frame.size());
    }
  round_.clear();
}

void Broadcast::left(Client& client) {
  audience_.back()->seat = client.seat;
  audience_[client.seat] = audience_.back();
  audience_.pop_back();
}

void Broadcast::send_to_all(ByteView bytes) {
  for (Client* client : audience_)
    send_or_keep(*client, bytes);
}

}  // namespace chat::floor
