// The messages that come to ReturningDialect's clients, at once or from the history.
#include <algorithm>
#include <utility>

#include "bench/protocols/posted_view.hpp"
#include "bench/protocols/returning.hpp"

namespace chat::bench {
namespace {

// Of the one that is asked for at a time.
constexpr RequestId kHistory{3};
constexpr std::uint16_t kPage = 500;

}  // namespace

void ReturningDialect::handle_posted(ClientIndex client, ByteView body) {
  const auto posted = view_posted(body);
  if (!posted)
    return not_understood();
  Client& state = clients_[client];
  Room* const room = find_room(state, posted->room);
  if (room == nullptr || !room->is_open) {
    if (posted->room != state.lobby)
      others_.trouble("the server sent a message of a room that the client is not in");
    return;
  }
  if (!room->reading.is_news(posted->sequence))
    return;
  if (!room->reading.reads_on())
    return room->reading.keep({posted->sequence, UserId{}, std::string(posted->text)});
  room->reading.read(posted->sequence);
  events_.heard(client, static_cast<Place>(room - state.rooms.data()), posted->sequence,
                posted->text);
}

void ReturningDialect::handle_acknowledged(ClientIndex client,
                                           const protocol::Acknowledged& message) {
  Client& state = clients_[client];
  const auto said = std::ranges::find(state.unacknowledged, message.id, &Unacknowledged::id);
  if (said == state.unacknowledged.end() || said->request != message.request)
    return others_.trouble("the server acknowledged what it was not asked for");
  const Place place = said->place;
  const std::uint32_t number = said->number;
  state.unacknowledged.erase(said);
  state.is_stored = state.has_said = true;
  Room& room = state.rooms[place];
  // What a client says again may have been said in a pair that it does not know yet.
  if (room.id == RoomId{})
    room.id = message.room;
  if (room.id != message.room)
    others_.trouble("the server acknowledged a message in another room");
  if (place == state.places.pair())
    room.reading.acknowledged(message.sequence);
  events_.acknowledged(client, place, number, message.sequence);
}

void ReturningDialect::handle_gap(ClientIndex client, const protocol::Gap& gap) {
  Client& state = clients_[client];
  Room* const room = find_room(state, gap.room);
  if (room == nullptr || gap.to < gap.from)  // only presence was lost
    return;
  room->reading.missed(gap.to);
  events_.missed(client, static_cast<Place>(room - state.rooms.data()), gap.from, gap.to);
}

void ReturningDialect::handle_history(ClientIndex client, protocol::History& history) {
  Client& state = clients_[client];
  const auto asked = std::exchange(state.asked, std::nullopt);
  if (!asked || history.request != kHistory || history.room != state.rooms[*asked].id)
    return others_.trouble("the server sent a history that it was not asked for");
  state.rooms[*asked].reading.fill(std::move(history));
  read_on(client);
}

void ReturningDialect::read_on(ClientIndex client) {
  Client& state = clients_[client];
  for (Place place = 0; place < state.rooms.size(); ++place) {
    RoomReading& reading = state.rooms[place].reading;
    while (const auto heard = reading.next())
      if (place == state.places.pair() && heard->user == state.user)
        events_.recalled(client, heard->sequence, heard->text);
      else
        events_.heard(client, place, heard->sequence, heard->text);
    if (const auto before = reading.wanted(); before && !state.asked) {
      state.asked = place;
      send(client, protocol::ReadHistory{kHistory, state.rooms[place].id, *before, kPage});
    }
  }
}

ReturningDialect::Room* ReturningDialect::find_room(Client& client, RoomId id) {
  const auto room = std::ranges::find(client.rooms, id, &Room::id);
  return room == client.rooms.end() || id == RoomId{} ? nullptr : &*room;
}

}  // namespace chat::bench
