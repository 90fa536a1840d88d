// How what was said before is read and shown: on entering a room, after one was away, and when
// somebody scrolls up.

#include <algorithm>
#include <utility>
#include <vector>

#include "client/holes.hpp"
#include "client/model.hpp"
#include "client/wording.hpp"

namespace chat::client {
namespace {

constexpr std::size_t kOlderPage = 100;

// Of a range of which nothing more will come: how many messages are not kept, and stands where the
// last of them would.
Line missed_line(const Reads::Part& part, WallTime now) {
  const Sequence end = part.messages.empty() ? part.range.before : part.messages.front().sequence;
  Line line = make_line(LineKind::event, now, missed(end.value - part.range.after.value - 1));
  line.number = end - 1;
  return line;
}

bool has_missed(const Reads::Part& part) {
  const Sequence end = part.messages.empty() ? part.range.before : part.messages.front().sequence;
  return part.range.what == Range::For::missed && part.is_last && end > part.range.after + 1;
}

}  // namespace

// --- what is wanted -----------------------------------------------------------------------------

void Model::want(Range range) {
  if (history_ > 0)
    reads_.want(std::move(range));
}

// Asks for the next page, when none is under way.
void Model::read_on() {
  if (phase_ != Phase::chatting)
    return;
  auto next = reads_.next([this](RoomId room) {
    const Room* const known = rooms_.find(room);
    return known == nullptr || known->open || known->is_pair();
  });
  if (!next)
    return;
  next->request = ask({.what = Request::What::history});
  outgoing_.emplace_back(*next);
}

// The room has been opened: what was said up to then and is not shown is wanted.
void Model::catch_up(Room& room, const protocol::RoomOpened& opened) {
  const Sequence last = std::max(opened.next, Sequence{1}) - 1;
  const bool is_same = room.counted_as == opened.room && room.counted_in == epoch_ && !opened.reset;
  // A session that goes on is read from where it was; a gap says what is missing.
  const bool is_taken_up_again = room.is_pair() && opened.request != last_hello_;
  if (is_same && room.id == opened.room && !is_taken_up_again)
    return;
  if (is_same && last >= room.last) {
    want({Range::For::missed, opened.room, room.last, last + 1, HeldLines::kMaxLines});
  } else {
    const bool is_told = forget_numbers(room, opened.reset || room.counted_in != epoch_);
    want({Range::For::entered, opened.room, {}, last + 1, history_});
    room.is_read_anew =
        (room.is_read_anew || is_told) && reads_.wants(opened.room, Range::For::entered);
    begin_reading(room, opened, last);
  }
  room.last = last;
  room.counted_as = opened.room;
  room.counted_in = epoch_;
}

// `is_lost`: the server may have lost messages, and given their numbers to others. Whether that has
// been told.
bool Model::forget_numbers(Room& room, bool is_lost) {
  if (room.counted_as == RoomId{})
    return false;
  show_acknowledged(room, kLastSequence);
  reads_.forget(room.counted_as);
  const bool was_numbered = room.scrollback.first_number().has_value();
  room.scrollback.forget_numbers();
  room.kept_from = {};
  const bool is_news = is_lost && was_numbered && history_ > 0;
  if (is_news)
    show(room, LineKind::event,
         "The server lost its latest messages; what follows is what it has.");
  room.scrollback.divide();
  return is_news;
}

// The line above what was read is out of sight.
void Model::tell_of_reading_anew(Room& room) {
  if (std::exchange(room.is_read_anew, false))
    show(room, LineKind::event, "The server lost its latest messages. What it has was read anew.");
}

// A pair that was taken up again has what was said in it before. Of one that an earlier client
// whispered in, nobody knows which numbers are one's own, and so never come: it is read to its end.
void Model::catch_up_pair(Room& room, const protocol::RoomOpened& opened) {
  const bool is_new = room.counted_as != opened.room || room.counted_in != epoch_ || opened.reset;
  catch_up(room, opened);
  if (!is_new)
    return;
  room.is_whole = knows_session_ || opened.request != last_hello_;
  if (!room.is_whole)
    want({Range::For::entered, opened.room, {}, {}, history_});
}

// It may have been sent to its end over a connection that broke before that came.
void Model::catch_up_ended_pair(const Room& room) {
  if (room.id != RoomId{} && room.counted_in == epoch_)
    want({Range::For::missed, room.id, room.last, {}, HeldLines::kMaxLines});
}

void Model::load_older(Room& room, Size area) {
  const bool is_readable = room.open || (room.is_pair() && room.id != RoomId{});
  if (!is_readable || history_ == 0 || room.last == Sequence{} ||
      !room.scrollback.is_near_first(area))
    return;
  const Sequence first = room.scrollback.first_number().value_or(room.last + 1);
  if (first <= std::max(room.kept_from, Sequence{1}))
    return room.scrollback.insert_beginning(beginning_line());
  if (reads_.wants(room.id, Range::For::older) || reads_.wants(room.id, Range::For::entered) ||
      excerpt_)
    return;
  if (!room.scrollback.is_full())
    want({Range::For::older, room.id, {}, first, kOlderPage});
  else if (room.scrollback.shows_first(area))
    open_excerpt(Excerpt(room.id, room.shown_name(), first, Excerpt::Begin::here, area));
}

// --- what comes ---------------------------------------------------------------------------------

void Model::on(const protocol::History& history) {
  const auto request = requests_.find(history.request);
  if (request == requests_.end() || request->second.what != Request::What::history)
    return;
  requests_.erase(request);
  const auto part = reads_.take(history);
  if (!part)
    return;
  if (part->range.what == Range::For::excerpt)
    return show_in_excerpt(*part);
  Room* room = rooms_.find(part->range.room);
  if (room == nullptr)
    room = recalled_conversation(*part);
  if (room != nullptr)
    show_past(*room, *part);
}

void Model::show_past(Room& room, const Reads::Part& part) {
  const bool is_missed = part.range.what == Range::For::missed;
  std::vector<Line> lines;
  for (const auto& message : part.messages) {
    lines.push_back(past_line(message));
    if (lines.back().kind == LineKind::message && message.sequence > room.read_up_to)
      note_arrival(room, lines.back());
    if (is_missed && message.user == me_ && !room.is_pair())
      unsent_.mark_shown(room.name, message.kind, message.text);
  }
  tell_of_holes(lines, {}, part.range.before);
  if (has_missed(part))
    lines.insert(lines.begin(), missed_line(part, now_));
  const bool is_old = part.range.what == Range::For::older;
  room.scrollback.insert(std::move(lines), HeldLines::Forget::first,
                         is_old ? HeldLines::Arrival::past : HeldLines::Arrival::news);
  if (part.is_oldest && part.range.after == Sequence{})
    room.kept_from = part.messages.empty() ? part.range.before : part.messages.front().sequence;
  count_past(room, part.messages);
  if (part.range.what == Range::For::older && part.is_oldest)
    room.scrollback.insert_beginning(beginning_line());
  if (part.range.what == Range::For::entered && part.is_last)
    tell_of_reading_anew(room);
  // There is no room for more. It is read when somebody scrolls there.
  if (is_missed && !part.messages.empty() &&
      room.scrollback.first_number() > part.messages.front().sequence)
    reads_.forget(room.id);
}

// Of an earlier client's whispers, these are all up to the last one of them.
void Model::count_past(Room& room, std::span<const protocol::HistoryMessage> messages) {
  if (room.is_pair() && !messages.empty()) {
    room.last = std::max(room.last, messages.back().sequence);
    room.is_whole = true;
  }
  if (messages.empty() || messages.back().sequence <= room.read_up_to)
    return;
  for (const auto& message : messages)
    if (message.user == me_ && !room.is_pair())
      said_here(room, message.sequence);
  if (&room == &rooms_.current())
    return;
  room.unread = unread_in(room);
  room.mentions = room.scrollback.mentions_behind(room.read_up_to);
}

Line Model::past_line(const protocol::HistoryMessage& message) const {
  const auto kind = message.user == me_ ? LineKind::own_message : LineKind::message;
  Line line = said_line(kind, message.time, message.kind, message.nickname, message.text);
  line.is_mention = kind == LineKind::message && highlights_.are_in(message.text, nickname_);
  line.number = message.sequence;
  return line;
}

void Model::history_refused(const protocol::Error& error, std::string_view sentence) {
  const auto range = reads_.refused();
  if (!range)
    return;
  Room* const room = rooms_.find(range->room);
  if (range->what == Range::For::excerpt)
    return excerpt_failed(sentence);
  if (room == nullptr) {
    if (error.code == ErrorCode::no_such_room || error.code == ErrorCode::not_a_member)
      forget_pair(range->room);
    return;
  }
  if (range->what == Range::For::missed)
    show_past(*room, {*range, {}, true, false});
  else
    show(*room, LineKind::error, sentence);
  if (range->what == Range::For::entered)
    room->is_read_anew = false;
}

}  // namespace chat::client
