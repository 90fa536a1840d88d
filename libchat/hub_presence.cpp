// How people are there, and up to where they have seen their rooms.
#include <algorithm>
#include <limits>
#include <utility>

#include "libchat/hub.hpp"

namespace chat {

// --- how they are there -------------------------------------------------------------------------

void Hub::announce(const Session& session, PresenceState state) {
  for (const Membership& membership : session.memberships)
    if (membership.may_speak())
      touch(*find_room(membership.room)).change_state({session.user, session.nickname}, state);
}

// Whether the rooms were told that its connection broke.
bool Hub::is_known_lost(const Session& session) const {
  return session.is_detached() && detached_.is_announced(session.details->detached);
}

// No effect for who is not away.
void Hub::announce_away(const Session& session, HeldRoom& held) {
  if (session.is_away())
    touch(held).add(
        AcceptedAway{{session.user, session.nickname}, true, session.details->away.value()});
}

void Hub::announce_back(const Session& session, HeldRoom& held) {
  touch(held).add(AcceptedAway{{session.user, session.nickname}, false, {}});
}

void Hub::handle(SessionId, Session& session, const protocol::SetAway& set) {
  const auto wanted = set.is_away ? std::optional(set.sentence) : std::nullopt;
  if (!set.is_away && !session.is_away())
    return;
  SessionDetails& details = session.make_details();
  if (details.away == wanted)
    return;
  details.away = wanted;
  for (const Membership& membership : session.memberships)
    if (membership.may_speak())
      touch(*find_room(membership.room))
          .add(AcceptedAway{{session.user, session.nickname}, set.is_away, set.sentence});
}

void Hub::handle(SessionId, Session& session, const protocol::TellTyping& typing) {
  HeldRoom* const held = joined_room(session, typing.room);
  if (held == nullptr)
    return refuse_outsider(session, typing.request, typing.room);
  // Who else would learn that they type, of so many; and while the disk is behind it would be told
  // when it is long over.
  if (!held->room.is_listed() || holds_back_)
    return;
  SessionDetails& details = session.make_details();
  const bool is_too_soon =
      details.typed != MonotonicTime{} && now_.monotonic < details.typed + kTypingInterval;
  if (is_too_soon)
    return;
  details.typed = now_.monotonic;
  touch(*held).add(AcceptedTyping{{session.user, session.nickname}});
}

// --- what they have seen ------------------------------------------------------------------------

void Hub::handle(SessionId, Session& session, const protocol::MarkRead& mark) {
  if (!oldest_readable(session, mark.room))
    return refuse_outsider(session, mark.request, mark.room);
  const RoomLog* const log = std::as_const(*this).log(mark.room);
  const Sequence next = log != nullptr ? log->next() : dormant_.next_of_pair(mark.room);
  if (mark.sequence >= next)
    return refuse(session.connection, mark.request, ErrorCode::bad_position);
  note_reads(reads_.advance(session.user, mark.room, mark.sequence));
}

void Hub::note_reads(const ReadPositions::Places& changed) {
  if (changed.empty() || !ledger_.is_durable())
    return;
  unkept_reads_.insert(changed.begin(), changed.end());
  if (!reads_due_)
    reads_due_ = now_.monotonic + kReadsKept;
}

// People read on all the time: only where they have come to is worth a commit.
void Hub::tend_reads() {
  if (reads_due_ && *reads_due_ <= now_.monotonic)
    keep_reads();
}

void Hub::keep_reads() {
  for (const auto& [user, room] : std::exchange(unkept_reads_, {}))
    keep(ReadPosition{user, room, reads_.of(user, room)});
  reads_due_.reset();
}

// With what is committed of them anyway.
void Hub::keep_reads_of(UserId user) {
  const auto [begin, end] = unkept_reads_of(user);
  for (const auto& [reader, room] : std::ranges::subrange(begin, end))
    keep(ReadPosition{reader, room, reads_.of(reader, room)});
  unkept_reads_.erase(begin, end);
}

void Hub::keep_the_rest() {
  keep_reads();
  if (has_kept_)
    submit_round();
}

std::pair<Hub::Reads::iterator, Hub::Reads::iterator> Hub::unkept_reads_of(UserId user) {
  return {unkept_reads_.lower_bound({user, RoomId{}}),
          unkept_reads_.upper_bound({user, RoomId{std::numeric_limits<RoomId::rep>::max()}})};
}

void Hub::forget_user(UserId user) {
  reads_.forget(user);
  const auto [begin, end] = unkept_reads_of(user);
  unkept_reads_.erase(begin, end);
  keep(ForgottenUser{user});
}

}  // namespace chat
