#include "bench/floor/pair_relay.hpp"

#include <sys/socket.h>

#include "bench/floor/frames.hpp"
#include "bench/floor/output.hpp"

namespace chat::floor {
namespace {

constexpr std::size_t kNumberBytes = 4;

std::uint32_t number_of(ByteView bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

}  // namespace

std::optional<std::size_t> PairRelay::received(Client& client, ByteView bytes) {
  if (client.other != nullptr) {
    const auto whole = whole_frames(bytes);
    if (whole && *whole > 0) {
      send_or_keep(*client.other, bytes.first(*whole));
      send_or_keep(client, bytes.first(*whole));
    }
    return whole;
  }
  if (client.pair || bytes.size() > kNumberBytes)
    return std::nullopt;
  if (bytes.size() < kNumberBytes)
    return 0;
  client.pair = number_of(bytes);
  introduce(client);
  return kNumberBytes;
}

void PairRelay::introduce(Client& client) {
  const auto [place, first] = waiting_.try_emplace(*client.pair, &client);
  if (first)
    return;
  client.other = place->second;
  client.other->other = &client;
  waiting_.erase(place);
  send_or_keep(*client.other, kAdmitted);
  send_or_keep(client, kAdmitted);
}

void PairRelay::left(Client& client) {
  if (client.other != nullptr) {
    client.other->other = nullptr;
    // The loop hears of it, and closes that end too.
    ::shutdown(client.other->socket.get(), SHUT_RDWR);
  } else if (client.pair) {
    const auto place = waiting_.find(*client.pair);
    if (place != waiting_.end() && place->second == &client)
      waiting_.erase(place);
  }
}

}  // namespace chat::floor
