#include "bench/scenarios/conversations.hpp"

#include <fmt/format.h>

#include <array>

namespace chat::bench {
namespace {

// In the texts of whispers senders are called by other numbers than in those to rooms, and in those
// to each room by others again, so that none can be taken for another.
constexpr std::uint32_t kWhisperers = kMaxSenders / 2;

std::vector<std::uint32_t> rooms_of(ClientIndex client, std::uint32_t rooms) {
  if (rooms == 1)
    return {0};
  return {client % rooms, (client + 1) % rooms};
}

bool is_in(ClientIndex client, std::uint32_t room, std::uint32_t rooms) {
  return client % rooms == room || (client + 1) % rooms == room;
}

// How many of the first `count` clients are in a room.
std::uint32_t members_among(std::uint32_t count, std::uint32_t room, std::uint32_t rooms) {
  std::uint32_t members = 0;
  for (ClientIndex client = 0; client < count; ++client)
    members += is_in(client, room, rooms) ? 1 : 0;
  return members;
}

PairOracle::Side side_of(ClientIndex client) {
  return client % 2 == 0 ? PairOracle::Side::first : PairOracle::Side::second;
}

ClientIndex partner_of(ClientIndex client) {
  return client ^ 1U;
}

}  // namespace

Conversations::Room::Room(std::uint32_t number, std::uint32_t clients, std::uint32_t senders,
                          std::uint32_t rooms, std::size_t text_bytes)
    : first_sender(number * senders),
      sent(members_among(senders, number, rooms)),
      oracle(RoomShare{.members = members_among(clients, number, rooms),
                       .first_sender = first_sender,
                       .sent = sent},
             text_bytes) {}

Conversations::Conversations(std::uint32_t clients, std::uint32_t senders, std::uint32_t rooms,
                             std::size_t text_bytes)
    : text_bytes_(text_bytes), seats_(clients) {
  for (std::uint32_t room = 0; room < rooms; ++room)
    rooms_.emplace_back(room, clients, senders, rooms, text_bytes);
  std::vector<ClientIndex> members(rooms);
  for (ClientIndex client = 0; client < clients; ++client)
    for (const std::uint32_t room : rooms_of(client, rooms))
      seats_[client].push_back({room, members[room]++});
  for (ClientIndex client = 0; client + 1 < senders; client += 2)
    pairs_.emplace_back(std::array{kWhisperers + client, kWhisperers + client + 1}, text_bytes);
}

Places Conversations::places_of(ClientIndex client, const std::string& names) const {
  Places places;
  for (const Seat& seat : seats_[client])
    places.rooms.push_back(fmt::format("{}-{}", names, seat.room));
  if (has_partner(client))
    places.partner = partner_of(client);
  return places;
}

Conversations::Line Conversations::compose(ClientIndex sender, Dice& dice, Instant due) {
  const std::vector<Seat>& seats = seats_[sender];
  const Place place = dice.below(seats.size() + (has_partner(sender) ? 1 : 0));
  if (place == seats.size())
    return compose_whisper(sender, due);
  const Seat& seat = seats[place];
  Room& room = rooms_[seat.room];
  const std::uint32_t number = room.oracle.send(seat.member);
  return {place, number, compose_text({room.first_sender + seat.member, number, due}, text_bytes_)};
}

Conversations::Line Conversations::compose_whisper(ClientIndex sender, Instant due) {
  const std::uint32_t number = pair_of(sender).send(side_of(sender));
  return {seats_[sender].size(), number,
          compose_text({kWhisperers + sender, number, due}, text_bytes_)};
}

void Conversations::acknowledge(ClientIndex sender, Place place, std::uint32_t number,
                                Sequence sequence) {
  if (place == seats_[sender].size())
    return pair_of(sender).acknowledge(side_of(sender), number, sequence);
  const Seat& seat = seats_[sender][place];
  rooms_[seat.room].oracle.acknowledge(seat.member, number, sequence);
}

std::optional<Instant> Conversations::deliver(ClientIndex client, Place place, Sequence sequence,
                                              std::string_view text) {
  if (place == seats_[client].size())
    return pair_of(client).deliver(side_of(client), sequence, text);
  const Seat& seat = seats_[client][place];
  return rooms_[seat.room].oracle.deliver(seat.member, sequence, text);
}

void Conversations::recall(ClientIndex client, Sequence sequence, std::string_view text) {
  pair_of(client).recall(side_of(client), sequence, text);
}

void Conversations::begin_anew(ClientIndex client) {
  for (const Seat& seat : seats_[client])
    rooms_[seat.room].oracle.begin_anew(seat.member);
  if (has_partner(client))
    pair_of(client).begin_anew(side_of(client));
}

std::uint64_t Conversations::outstanding() const {
  std::uint64_t outstanding = 0;
  for (const Room& room : rooms_)
    outstanding += room.oracle.outstanding();
  for (const PairOracle& pair : pairs_)
    outstanding += pair.outstanding();
  return outstanding;
}

Verdict Conversations::judge() const {
  Verdict verdict;
  for (const Room& room : rooms_)
    verdict += room.oracle.judge();
  for (const PairOracle& pair : pairs_)
    verdict += pair.judge();
  return verdict;
}

std::uint64_t Conversations::whispers() const {
  std::uint64_t whispers = 0;
  for (const PairOracle& pair : pairs_)
    whispers += pair.judge().sent;
  return whispers;
}

}  // namespace chat::bench
