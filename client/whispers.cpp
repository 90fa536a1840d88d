// What the messages of pairs do to the model. A pair is no room to look at: its lines appear where
// the user is.

#include <utility>

#include "client/model.hpp"
#include "client/wording.hpp"

namespace chat::client {

void Model::open_pair(const protocol::RoomOpened& opened) {
  const auto known = pairs_.find(opened.room);
  // After a lost connection it goes on where it was.
  if (known != pairs_.end() && opened.request == last_hello_ && !opened.reset)
    return known->second.rename_other(opened.name);
  close_pair(opened.room);
  if (pairs_.size() >= kMaxPairs)
    return;
  if (opened.reset)
    forget_pair(opened.room);
  // Of one that an earlier client whispered in, nobody knows which numbers are one's own.
  const bool is_older = !knows_session_ && opened.request == last_hello_;
  pairs_.emplace(opened.room, Pair(opened.name, opened.next,
                                   is_older ? Pair::Begin::earlier : Pair::Begin::here));
  catch_up_pair(opened);
}

// Its numbers mean nothing any more.
void Model::forget_pair(RoomId room) {
  former_pairs_.erase(room);
  reads_.forget(room);
  for (Room& shown_in : rooms_)
    shown_in.scrollback.forget_numbers(room);
}

// With another epoch, or as another user.
void Model::forget_former_pairs() {
  former_pairs_.clear();
  for (Room& shown_in : rooms_)
    shown_in.scrollback.forget_numbers_of_pairs();
}

void Model::close_pair(RoomId room) {
  const auto pair = pairs_.find(room);
  if (pair == pairs_.end())
    return;
  if (history_ > 0 && former_pairs_.size() < kMaxPairs)
    former_pairs_[room] = {pair->second.other(), pair->second.next()};
  show_own(room, pair->second.other(), pair->second.finish());
  pairs_.erase(pair);
}

void Model::close_pairs() {
  while (!pairs_.empty())
    close_pair(pairs_.begin()->first);
}

void Model::whisper_acknowledged(const protocol::Acknowledged& acknowledged,
                                 const UnsentMessage& message) {
  OwnWhisper whisper{acknowledged.time, message.text, acknowledged.sequence};
  const auto found = pairs_.find(acknowledged.room);
  // The pair has ended meanwhile, or was one too many.
  if (found == pairs_.end())
    return show_own(acknowledged.room, message.to, {&whisper, 1});
  Pair& pair = found->second;
  // Its turn cannot be told.
  if (pair.begin() == Pair::Begin::earlier)
    return show_own(acknowledged.room, pair.other(), {&whisper, 1});
  pair.acknowledged(acknowledged.sequence, std::move(whisper));
  show_own(acknowledged.room, pair.other(), pair.pass_to(pair.next()));
}

void Model::whisper_posted(Pair& pair, const protocol::Posted& posted) {
  show_own(posted.room, pair.other(), pair.pass_to(posted.sequence));
  if (posted.sequence < pair.next())
    return;
  // One's own is shown when it is acknowledged, whether or not the server sends it back.
  if (posted.user != me_)
    show_whisper(posted.room, posted.sequence, posted.time,
                 whispered_by(posted.nickname, posted.text));
  show_own(posted.room, pair.other(), pair.pass_to(posted.sequence + 1));
}

void Model::whispers_missed(Pair& pair, const protocol::Gap& gap) {
  // One's own that were acknowledged are not missed.
  const std::uint64_t missed = pair.missing(gap.from, gap.to);
  show_own(gap.room, pair.other(), pair.pass_to(gap.from));
  if (missed > 0)
    show_missed(current(), missed);
  show_own(gap.room, pair.other(), pair.pass_to(gap.to + 1));
}

void Model::show_own(RoomId pair, std::string_view other, std::span<const OwnWhisper> whispers) {
  for (const auto& [time, text, number] : whispers)
    show_whisper(pair, number, time, whispered_to(other, text));
}

void Model::show_whisper(RoomId pair, Sequence number, WallTime time, std::string_view text) {
  Line line = make_line(LineKind::whisper, time, text);
  line.number = number;
  line.pair = pair;
  show_line(current(), std::move(line));
}

}  // namespace chat::client
