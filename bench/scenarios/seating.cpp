#include "bench/scenarios/seating.hpp"

#include <algorithm>

namespace chat::bench {
namespace {

// How many of `all` are in a room, when they are dealt out by turns.
std::uint32_t dealt(std::uint32_t all, std::uint32_t rooms, std::uint32_t room) {
  return all / rooms + (room < all % rooms ? 1 : 0);
}

}  // namespace

Seating::Seating(const RoomsOptions& options, std::uint32_t process)
    : clients_(options.clients),
      senders_(options.senders),
      rooms_(options.rooms),
      processes_(options.processes),
      process_(process) {
  for (std::uint32_t client = 0; client < clients_; ++client) {
    const std::uint32_t room = client % rooms_;
    const std::uint32_t member = client / rooms_;
    if (member % processes_ != first_member(room))
      continue;
    // The last one who comes in watches, since a server is likely to serve it last.
    const bool last = member + 1 == dealt(clients_, rooms_, room);
    seats_.push_back({room, member / processes_, client < senders_, last});
  }
}

// Another one in each room, so that small rooms, too, are spread over all processes.
std::uint32_t Seating::first_member(std::uint32_t room) const {
  return (process_ + processes_ - room % processes_) % processes_;
}

RoomShare Seating::share(std::uint32_t room, const RunState& state) const {
  const std::uint32_t first_sender = room * (senders_ / rooms_) + std::min(room, senders_ % rooms_);
  return {.members = dealt(clients_, rooms_, room),
          .first_sender = first_sender,
          .sent = state.sent_by().subspan(first_sender, dealt(senders_, rooms_, room)),
          .process = first_member(room),
          .processes = processes_};
}

}  // namespace chat::bench
