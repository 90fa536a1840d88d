#include "client/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace chat::client {

Model::Model(std::string server, IdSource next_message_id, std::unique_ptr<State> state)
    : server_(std::move(server)),
      next_message_id_(std::move(next_message_id)),
      state_(std::move(state)) {}

void Model::start(std::string_view nickname, WallTime now) {
  now_ = now;
  if (const auto name = Nickname::make(nickname))
    greet(*name);
  else
    ask_for_nickname(nickname, fmt::format("Sorry, {}.", describe(name.error())));
  settle();
}

void Model::ask_nickname(std::string_view offered, WallTime now) {
  now_ = now;
  phase_ = Phase::naming;
  offered_nickname_ = offered;
  show(LineKind::notice, fmt::format("Which nickname do you want? Enter alone takes {}.", offered));
  settle();
}

void Model::receive(const protocol::ServerMessage& message, WallTime now) {
  now_ = now;
  switch (phase_) {
    case Phase::quitting:
      return receive_last(message);
    // The frames of one reading may go on behind what ended the chat.
    case Phase::disconnected:
    case Phase::reconnecting:
      return;
    default:
      std::visit([this](const auto& m) { on(m); }, message);
      settle();
  }
}

// What came before the server's answer to a goodbye, and that answer: it ends the session.
void Model::receive_last(const protocol::ServerMessage& message) {
  if (const auto* acknowledged = std::get_if<protocol::Acknowledged>(&message))
    on(*acknowledged);
  if (std::holds_alternative<protocol::Goodbye>(message))
    state_->keep_token({});
}

void Model::page_up(Size area, std::optional<Rows> by) {
  if (shown() == Shown::excerpt) {
    read_excerpt(excerpt_->page_up(area));
  } else {
    rooms_.current().scrollback.page_up(area, by);
    load_older(rooms_.current(), area);
  }
  settle();
}

void Model::page_down(Size area, std::optional<Rows> by) {
  if (shown() == Shown::excerpt)
    read_excerpt(excerpt_->page_down(area));
  else
    rooms_.current().scrollback.page_down(area, by);
  settle();
}

Model::Shown Model::shown() const {
  if (urls_)
    return Shown::urls;
  if (excerpt_ && excerpt_->is_ready())
    return Shown::excerpt;
  return lists_findings_ && findings_ ? Shown::findings : Shown::room;
}

const Scrollback& Model::scrollback() const {
  if (excerpt_ && excerpt_->is_ready())
    return excerpt_->scrollback();
  return rooms_.current().scrollback;
}

void Model::quit() {
  state_->given_up_seen();
  hang_up();
}

void Model::hang_up() {
  // Also before the answer to a hello: it may take a session up.
  for (Room& room : rooms_)
    mark_read(room);
  if (phase_ == Phase::chatting || phase_ == Phase::greeting)
    outgoing_.emplace_back(
        protocol::Goodbye{.request = {}, .reason = CloseReason::quit, .sentence = {}});
  phase_ = Phase::quitting;
}

bool Model::wants_connection() const {
  return phase_ == Phase::greeting || phase_ == Phase::reconnecting;
}

std::vector<protocol::ClientMessage> Model::take_outgoing() {
  return std::exchange(outgoing_, {});
}

std::vector<std::string> Model::names_to_complete() const {
  std::vector<std::string> names;
  if (front() && !front()->is_pair() && front()->members.listed())
    for (const auto name : front()->members.sorted_names())
      names.emplace_back(name);
  else
    names = people_.nicknames();
  std::erase(names, nickname_);
  if (front())
    front()->speakers.bring_to_front(names);
  return names;
}

std::vector<std::string> Model::rooms_to_complete() const {
  std::vector<std::string> rooms;
  for (const Room& room : rooms_)
    if (!room.is_pair())
      rooms.push_back(room.name);
  for (const std::string& room : listed_rooms_)
    if (std::ranges::find(rooms, room) == rooms.end())
      rooms.push_back(room);
  return rooms;
}

std::vector<std::string> Model::partners_to_complete() const {
  std::vector<std::string> partners;
  for (const Room& room : rooms_)
    if (room.is_pair())
      partners.push_back(room.name);
  return partners;
}

bool Model::is_other_there(const Room& conversation) const {
  return std::ranges::any_of(
      rooms_, [&](const Room& room) { return room.members.contains(conversation.other); });
}

std::vector<Model::News> Model::take_news() {
  if (!closed_news_)
    closed_news_.emplace();
  std::vector<News> news = std::exchange(*closed_news_, {});
  take_news(rooms_.outside(), news);
  for (Room& room : rooms_)
    take_news(room, news);
  return news;
}

void Model::take_news(Room& room, std::vector<News>& to) const {
  std::vector<Line> lines = room.scrollback.take_news();
  // It is looked for among all that is held.
  const auto marked = lines.empty() ? std::nullopt : room.scrollback.marked();
  for (Line& line : lines) {
    if (line.kind == LineKind::marker)
      continue;
    const bool begins_unread = marked && line.number == *marked;
    to.push_back({room.shown_name(), &room == &rooms_.current(), std::move(line), room.counted_as,
                  room.counted_in, begins_unread});
  }
}

// 0: that is not known, or the room is no conversation.
UserId Model::other_of(const Room& room) const {
  if (!room.is_pair() || room.other != UserId{})
    return room.other;
  return people_.find(room.name).value_or(UserId{});
}

KeptDraft Model::draft_in(const Room& room, std::string text) const {
  const UserId other = other_of(room);
  return {room.shown_name(), other, other == UserId{} ? Epoch{} : epoch_, std::move(text)};
}

const Room* Model::room_of(const KeptDraft& draft) const {
  const auto found = std::ranges::find_if(rooms_, [&](const Room& room) {
    return draft.other == UserId{} ? room.shown_name() == draft.room
                                   : other_of(room) == draft.other && draft.epoch == epoch_;
  });
  return found == rooms_.end() ? nullptr : &*found;
}

std::optional<std::string> Model::take_refused_nickname() {
  return std::exchange(refused_nickname_, std::nullopt);
}

void Model::show(Room& room, LineKind kind, std::string_view text) {
  show_at(room, kind, now_, text);
}

void Model::show_at(Room& room, LineKind kind, WallTime when, std::string_view text) {
  show_line(room, make_line(kind, when, text));
}

void Model::show_line(Room& room, Line line) {
  if (line.kind == LineKind::message && line.number > room.read_up_to) {
    note_arrival(room, line);
    if (&room != &rooms_.current()) {
      ++room.unread;
      room.mentions += line.is_mention ? 1 : 0;
    }
  }
  room.scrollback.append(std::move(line));
}

void Model::note_arrival(Room& room, const Line& line) {
  const Arrival arrival{line.time, ++arrivals_};
  room.newest = std::max(room.newest, arrival);
  if (line.is_mention)
    room.newest_mention = std::max(room.newest_mention, arrival);
}

// The number to send the request under.
RequestId Model::ask(Request request) {
  ++last_request_.value;
  requests_.emplace(last_request_, std::move(request));
  return last_request_;
}

std::optional<Request> Model::take_request(RequestId number) {
  auto taken = requests_.extract(number);
  if (taken.empty())
    return std::nullopt;
  return std::move(taken.mapped());
}

// Requests without an answer, and messages without a place.
std::size_t Model::pending() const {
  std::size_t pending = unsent_.size();
  for (const auto& [number, request] : requests_)
    pending += request.what == Request::What::text ? 0 : 1;
  for (const Room& room : rooms_)
    pending += room.acknowledged.size();
  return pending;
}

void Model::ask_for_nickname(std::string_view refused, std::string_view why) {
  phase_ = Phase::naming;
  refused_nickname_ = refused;
  offered_nickname_.clear();
  show(LineKind::error, fmt::format("{} Which nickname do you want?", why));
}

void Model::show_everywhere(LineKind kind, std::string_view text) {
  for (Room& room : rooms_)
    show(room, kind, text);
  if (rooms_.empty())
    show(kind, text);
}

// What follows from whatever has happened.
void Model::settle() {
  if (const auto trouble = state_->take_trouble())
    show(LineKind::error, *trouble);
  do_typed_ahead();
  show_pending();
  read_on();
  see_front();
  tell_what_is_read();
}

}  // namespace chat::client
