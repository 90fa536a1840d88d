#include "server/store/tending.hpp"

#include <algorithm>
#include <optional>

namespace chat::store {
namespace {

using namespace std::chrono_literals;

// People wait for what they say meanwhile.
constexpr auto kShare = 8ms;
constexpr std::size_t kMessagesAtOnce = 128;
constexpr std::size_t kIdsAtOnce = 512;
constexpr std::size_t kRoomsAtOnce = 256;

}  // namespace

Tending::Tending(sqlite::Database& database, const Retention& retention)
    : retention_(retention),
      database_(database),
      messages_(database),
      guests_(database, messages_),
      forgotten_room_(database, "SELECT room FROM forgotten_rooms LIMIT 1"),
      has_been_emptied_(database, "DELETE FROM forgotten_rooms WHERE room = ?"),
      forget_ids_(database,
                  "DELETE FROM ids WHERE (user, id) IN (SELECT user, id FROM ids WHERE time < ? "
                  "ORDER BY time LIMIT ?)"),
      extent_of_room_(database,
                      "SELECT (SELECT min(sequence) FROM messages WHERE room = ?1), (SELECT "
                      "max(sequence) FROM messages WHERE room = ?1)"),
      duties_{Duty{&Tending::empty_forgotten_room, 1s}, Duty{&Tending::remove_surplus, 1s},
              Duty{&Tending::remove_old_texts, 1min}, Duty{&Tending::forget_ids, 1min},
              Duty{&Tending::remove_whispers_of_guests, 1h}} {}

void Tending::has_grown(RoomId room) {
  if (retention_.per_room)
    grown_.insert(room);
}

bool Tending::step(WallTime now) {
  if (next_duty(now) == nullptr)
    return false;
  // One for all, so that the disk is waited for once.
  sqlite::Transaction transaction(database_);
  try {
    work(now);
    transaction.commit();
  } catch (const sqlite::Error&) {
    grown_.insert(no_longer_grown_.begin(), no_longer_grown_.end());
    no_longer_grown_.clear();
    throw;
  }
  no_longer_grown_.clear();
  return next_duty(now) != nullptr;
}

// In turn, so that one which has always something to do does not keep the others from theirs.
void Tending::work(WallTime now) {
  const auto end = std::chrono::steady_clock::now() + kShare;
  do {
    Duty* const duty = next_duty(now);
    if (duty == nullptr)
      return;
    if (!(this->*duty->step)(now))
      duty->rests_until = now.milliseconds + duty->rest.count();
    turn_ = static_cast<std::size_t>(duty - duties_.data()) + 1;
  } while (std::chrono::steady_clock::now() < end);
}

// The first from the turn on that does not rest, or null.
Tending::Duty* Tending::next_duty(WallTime now) {
  for (std::size_t i = 0; i < duties_.size(); ++i) {
    Duty& duty = duties_[(turn_ + i) % duties_.size()];
    // The clock may have been set back.
    const bool rests = now.milliseconds < duty.rests_until &&
                       duty.rests_until - now.milliseconds <= duty.rest.count();
    if (!rests)
      return &duty;
  }
  return nullptr;
}

bool Tending::empty_forgotten_room(WallTime) {
  RoomId room;
  {
    auto rows = forgotten_room_.query();
    if (!rows.next())
      return false;
    room = rows.id<RoomId>(0);
  }
  if (messages_.remove_of(room, kMessagesAtOnce) < kMessagesAtOnce)
    has_been_emptied_.run(room);
  return true;
}

bool Tending::forget_ids(WallTime now) {
  const WallTime end{now.milliseconds - std::chrono::milliseconds(kIdsKept).count()};
  forget_ids_.run(end, kIdsAtOnce);
  return database_.changes() > 0;
}

bool Tending::remove_old_texts(WallTime now) {
  if (!retention_.age)
    return false;
  const WallTime end{now.milliseconds - std::chrono::milliseconds(*retention_.age).count()};
  return messages_.remove_before(end, now, kMessagesAtOnce);
}

bool Tending::remove_surplus(WallTime) {
  for (std::size_t looked_at = 0; !grown_.empty() && looked_at < kRoomsAtOnce; ++looked_at) {
    const RoomId room = *grown_.begin();
    if (const std::size_t surplus = surplus_of(room); surplus > 0) {
      messages_.remove_of(room, std::min(surplus, kMessagesAtOnce));
      return true;
    }
    grown_.erase(room);
    no_longer_grown_.push_back(room);
  }
  return !grown_.empty();
}

std::size_t Tending::surplus_of(RoomId room) {
  auto rows = extent_of_room_.query(room);
  if (!rows.next() || rows.integer(1) == 0)
    return 0;
  const auto count = static_cast<std::uint64_t>(rows.integer(1) - rows.integer(0) + 1);
  return count > *retention_.per_room ? count - *retention_.per_room : 0;
}

bool Tending::remove_whispers_of_guests(WallTime now) {
  return guests_.step(guests_not_seen_since(now, retention_.guests), kMessagesAtOnce);
}

}  // namespace chat::store
