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
  const std::ptrdiff_t next = (static_cast<std::ptrdiff_t>(front_) + rooms) % count;
  show_room(static_cast<std::size_t>((next + count) % count));
}

void Model::show_previous() {
  if (const auto previous = index_of(previous_place_))
    show_room(*previous);
}

void Model::show_news(Size area) {
  const bool is_below = has_mention_below(area);
  const auto is_mentioned = [&](const Room& room) {
    return room.mentions > 0 || (is_below && &room == front());
  };
  auto next = newest(is_mentioned, &Room::newest_mention);
  if (!next)
    next =
        newest([](const Room& room) { return room.is_pair() && room.unread > 0; }, &Room::newest);
  if (!next)
    next = newest([](const Room& room) { return room.unread > 0; }, &Room::newest);
  if (next && *next != front_ && !news_from_)
    news_from_ = rooms_[front_].place;
  else if (!next && news_from_)
    next = index_of(*std::exchange(news_from_, std::nullopt));
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
    const auto previous = index_of(previous_place_);
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
  look_at(static_cast<std::size_t>(best - rooms_.data()));
  return {};
}

// --- what follows -------------------------------------------------------------------------------

std::optional<std::size_t> Model::index_of(std::string_view place) const {
  const auto found = std::ranges::find(rooms_, place, &Room::place);
  return found == rooms_.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - rooms_.begin()));
}

std::optional<std::size_t> Model::newest(const std::function<bool(const Room&)>& is_meant,
                                         Arrival Room::* arrival) const {
  std::optional<std::size_t> newest;
  for (std::size_t i = 0; i < rooms_.size(); ++i)
    if (is_meant(rooms_[i]) && (!newest || rooms_[i].*arrival > rooms_[*newest].*arrival))
      newest = i;
  return newest;
}

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
  Scrollback& scrollback = rooms_[front_].scrollback;
  const auto number = scrollback.last_mention_behind(behind);
  if (number && !scrollback.shows(*number, area))
    scrollback.show(*number, area, area.height.value / 2);
}

void Model::bring_to_front(std::size_t index) {
  leave_find();
  if (index != front_ && front_ < rooms_.size()) {
    previous_place_ = rooms_[front_].place;
    rooms_[front_].scrollback.unmark();
    mark_read(rooms_[front_]);
  }
  front_ = index;
  Room& room = rooms_[front_];
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

// Whoever was in front stays there, or its neighbour comes.
void Model::close(const Room& room) {
  const auto index = static_cast<std::size_t>(&room - rooms_.data());
  keep_last_news(rooms_[index]);
  rooms_.erase(rooms_.begin() + static_cast<std::ptrdiff_t>(index));
  if (front_ > index || front_ == rooms_.size())
    front_ -= front_ > 0 ? 1 : 0;
  if (!rooms_.empty())
    bring_to_front(front_);
}

}  // namespace chat::client
