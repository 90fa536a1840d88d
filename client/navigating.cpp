// Which room is in front.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "client/fuzzy.hpp"
#include "client/model.hpp"

namespace chat::client {

// --- what the user does -------------------------------------------------------------------------

// By whatever way but show_news().
void Model::look_at(std::size_t index) {
  news_from_.reset();
  leave_past();
  if (index < rooms_.size())
    bring_to_front(index);
}

void Model::show_room(std::size_t index) {
  look_at(index);
  settle();
}

void Model::show_next(std::ptrdiff_t rooms) {
  const auto count = static_cast<std::ptrdiff_t>(rooms_.size());
  if (count == 0)
    return;
  const std::ptrdiff_t next = (static_cast<std::ptrdiff_t>(rooms_.front_index()) + rooms) % count;
  show_room(static_cast<std::size_t>((next + count) % count));
}

void Model::show_previous() {
  if (const auto previous = rooms_.previous())
    show_room(*previous);
}

void Model::show_news(Size area) {
  const bool is_below = has_mention_below(area);
  const auto is_mentioned = [&](const Room& room) {
    return room.mentions > 0 || (is_below && &room == front());
  };
  auto next = rooms_.newest(is_mentioned, &Room::newest_mention);
  if (!next)
    next = rooms_.newest([](const Room& room) { return room.is_pair() && room.unread > 0; },
                         &Room::newest);
  if (!next)
    next = rooms_.newest([](const Room& room) { return room.unread > 0; }, &Room::newest);
  if (next && *next != rooms_.front_index() && !news_from_)
    news_from_ = rooms_.current().place;
  else if (!next && news_from_)
    next = rooms_.index_of_place(*std::exchange(news_from_, std::nullopt));
  if (!next)
    return;
  leave_past();
  const bool is_to_mention = is_mentioned(rooms_[*next]);
  const Sequence seen = rooms_[*next].read_up_to;
  bring_to_front(*next);
  if (is_to_mention)
    show_mention(seen, area);
  settle();
}

Model::Outcome Model::run(const command::Go& command, std::string_view) {
  if (command.text.empty()) {
    const auto previous = rooms_.previous();
    if (!previous)
      return std::unexpected("You have not been anywhere else. Write it as /go ROOM");
    look_at(*previous);
    return {};
  }
  const Room* best = nullptr;
  int most = 0;
  for (const Room& room : rooms_)
    if (const auto score = std::max(fuzzy_score(command.text, room.name),
                                    fuzzy_score(command.text, room.shown_name()));
        score && (best == nullptr || *score > most)) {
      best = &room;
      most = *score;
    }
  if (best == nullptr)
    return std::unexpected("No room or conversation is called so. /join ROOM enters one.");
  look_at(rooms_.index_of(*best));
  return {};
}

// --- what follows -------------------------------------------------------------------------------

// Whether the room in front has an unread one that is further down than what is being read.
bool Model::has_mention_below(Size area) const {
  if (front() == nullptr || front()->scrollback.at_end())
    return false;
  const auto shown = front()->scrollback.last_shown(area);
  return shown &&
         front()->scrollback.last_mention_behind(std::max(*shown, front()->read_up_to)).has_value();
}

// In the room in front, the last one behind what was seen.
void Model::show_mention(Sequence behind, Size area) {
  Scrollback& scrollback = rooms_.current().scrollback;
  const auto number = scrollback.last_mention_behind(behind);
  if (number && !scrollback.shows(*number, area))
    scrollback.show(*number, area, area.height.value / 2);
}

void Model::bring_to_front(std::size_t index) {
  leave_find();
  if (index != rooms_.front_index()) {
    rooms_.current().scrollback.unmark();
    mark_read(rooms_.current());
  }
  rooms_.bring_to_front(index);
  Room& room = rooms_.current();
  if (room.unread > 0)
    room.scrollback.mark(room.read_up_to);
  room.unread = 0;
  room.mentions = 0;
}

// What has just come in it is still to be told.
void Model::keep_last_news(Room& room) {
  show_acknowledged(room, kLastSequence);
  if (!closed_news_)
    return;
  const std::size_t before = closed_news_->size();
  take_news(room, *closed_news_);
  for (News& news : std::span(*closed_news_).subspan(before))
    news.in_front = false;
}

void Model::close(Room& room) {
  keep_last_news(room);
  rooms_.remove(room);
  if (!rooms_.empty())
    bring_to_front(rooms_.front_index());
}

}  // namespace chat::client
