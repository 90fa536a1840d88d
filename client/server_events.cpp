// What the server's messages do to the model.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "client/model.hpp"
#include "client/wording.hpp"

namespace chat::client {

void Model::on(const protocol::Welcome& welcome) {
  // Nobody has asked for it.
  if (phase_ != Phase::greeting)
    return;
  requests_.erase(welcome.request);
  phase_ = Phase::chatting;
  corrections_ = 0;
  welcomed_ = now_;
  restarting_since_.reset();
  resumed_ = welcome.resumed;
  history_ = welcome.history;
  durability_ = welcome.durability;
  const bool is_same_epoch = epoch_ == welcome.epoch;
  const bool is_same_user = is_same_epoch && me_ == welcome.user;
  me_ = welcome.user;
  be_called(welcome.nickname);
  credentials_.token = welcome.token;
  state_->keep_token(welcome.token);
  max_text_bytes_ = std::min<std::size_t>(welcome.max_text_bytes, kMaxTextBytes);
  max_rooms_ = welcome.max_rooms;
  version_ = welcome.version;
  set_clock_by(welcome);
  // Other epochs have other users behind the same numbers.
  epoch_ = welcome.epoch;
  if (!is_same_epoch) {
    people_ = {};
    leave_past();
    findings_.reset();
  }
  if (!is_same_user)
    forget_pairs(is_same_epoch);
  tell_of_welcome(welcome, resumed_ || (is_same_epoch && history_ > 0));
  if (resumed_)
    resumed();
  else
    begin_anew(is_same_user);
  tell_away();
  recall_pairs();
}

// `has_past`: what was said meanwhile follows.
void Model::tell_of_welcome(const protocol::Welcome& welcome, bool has_past) {
  const bool is_news = std::exchange(awaits_return_, false) || !has_past;
  if (rooms_.empty())
    show(LineKind::notice,
         fmt::format("Welcome{} to {} {}, {}. See /help.", resumed_ ? " back" : "", welcome.server,
                     welcome.server_version, nickname_));
  else if (is_news)
    show_everywhere(LineKind::event,
                    has_past ? "Connected again."
                             : "Connected again. What was said meanwhile is not known here.");
}

void Model::be_called(const std::string& nickname) {
  nickname_ = nickname;
  if (const auto name = Nickname::make(nickname))
    wished_ = *name;
}

void Model::on(const protocol::RoomOpened& opened) {
  if (opened.kind == RoomKind::pair)
    return open_pair(opened);
  const auto request = take_request(opened.request);
  Room* room = room_to_reopen(opened);
  const auto others = std::ranges::count_if(rooms_, std::not_fn(&Room::is_pair));
  if (!room) {
    if (static_cast<std::size_t>(others) >= max_rooms_)
      return;
    room = others == 0 ? &rooms_.add_first(Room(opened.name)) : &rooms_.add(Room(opened.name));
  }
  reopen(*room, opened);
  remember_room(*room);
  const bool wanted = request && request->what == Request::What::join;
  if (wanted || others == 0)
    bring_to_front(rooms_.index_of(*room));
  if (others == 0)
    begin_conversations_of_unsent();
}

void Model::on(const protocol::RoomClosed& closed) {
  const bool is_news = closed.request == last_hello_;
  const bool was_asked = take_request(closed.request).has_value();
  Room* const room = rooms_.find(closed.room);
  if (!room)
    return;
  if (room->is_pair())
    return pair_closed(*room, closed, was_asked && !is_news);
  const std::string name = room->name;
  reads_.forget(closed.room);
  state_->forget_room(name);
  close(*room);
  show(LineKind::event, fmt::format("You {} {}.", is_news ? "are no longer in" : "left", name));
  // The others are still answered.
  const auto waits = [&](const UnsentMessage& message) {
    return message.room == name && !under_way_.contains(message.id);
  };
  give_up_if([&](const UnsentMessage& message) { return waits(message) && message.attempted; },
             "Perhaps not sent");
  give_up_if(waits, "Not sent");
}

void Model::on(const protocol::NicknameChanged& changed) {
  requests_.erase(changed.request);
  be_called(changed.nickname);
  show(LineKind::event, fmt::format("You are now known as {}", nickname_));
}

void Model::on(const protocol::Acknowledged& acknowledged) {
  take_request(acknowledged.request);
  const auto message = unsent_.take(acknowledged.id);
  if (!message)
    return;
  state_->done(acknowledged.id);
  under_way_.erase(acknowledged.id);
  if (message->is_whisper())
    whisper_acknowledged(acknowledged, *message);
  else
    acknowledge_said(acknowledged, *message);
  deliver();
}

void Model::on(const protocol::RoomPage& page) {
  auto request = take_request(page.request);
  if (!request)
    return;
  std::vector<std::string> rooms;
  if (request->after_room == RoomId{})
    listed_rooms_.clear();
  for (const auto& room : page.rooms)
    if (listed_rooms_.size() < kMostListed)
      listed_rooms_.push_back(room.name);
  for (const auto& room : page.rooms)
    rooms.push_back(fmt::format("{} ({})", room.name, room.members));
  show(LineKind::notice, fmt::format("Rooms: {}", fmt::join(rooms, ", ")));
  if (page.last || page.rooms.empty() || page.rooms.back().room <= request->after_room)
    return;
  const RoomId after = request->after_room = page.rooms.back().room;
  outgoing_.emplace_back(protocol::ListRooms{.request = ask(std::move(*request)), .after = after});
}

void Model::on(const protocol::Error& error) {
  using What = Request::What;
  if (error.request == kUnanswered)
    return;
  const std::string sentence =
      error.sentence.empty() ? std::string(describe(error.code)) : error.sentence;
  const auto request = take_request(error.request);
  if (!request)
    return show(LineKind::error, sentence);
  switch (request->what) {
    case What::hello:
      return hello_refused(error, *request);
    case What::text:
      return message_refused(error, *request, sentence);
    case What::rejoin:
      if (error.code == ErrorCode::already_member)
        return;
      not_entered_again(request->name, error.code, sentence);
      if (request->input.empty())
        return;
      break;
    case What::history:
      return history_refused(error, sentence);
    case What::join:
      drop_typed_ahead();
      break;
    case What::search:
      if (request->is_further && findings_)
        return findings_->failed(sentence);
      break;
    default:
      break;
  }
  show(LineKind::error, fmt::format("{} ({})", sentence, request->input));
}

void Model::message_refused(const protocol::Error& error, const Request& request,
                            std::string_view sentence) {
  const UnsentMessage* const message = unsent_.find(request.message);
  // Whoever repeats it now means the one who has the name.
  if (message != nullptr && error.code == ErrorCode::nickname_changed_hands)
    people_.forget(message->to);
  // With this id, another one has arrived: mostly the same text in a room that has ended since.
  const bool perhaps = error.code == ErrorCode::id_reused;
  give_up(request.message,
          fmt::format("{}: {}", perhaps ? "Perhaps not sent" : "Not sent", sentence));
  deliver();
}

void Model::on(const protocol::Gap& gap) {
  if (Room* room = rooms_.find(gap.room))
    messages_missed(*room, gap);
}

// One's own that were acknowledged are not missed.
void Model::messages_missed(Room& room, const protocol::Gap& gap) {
  if (gap.to < gap.from && room.is_pair())
    return;
  if (gap.to < gap.from)
    return show_missed(room, 0);
  const Sequence from = std::max(gap.from, room.last + 1);
  if (gap.to < from)
    return;
  const auto own =
      std::distance(room.acknowledged.lower_bound(from), room.acknowledged.upper_bound(gap.to));
  const std::uint64_t missed = gap.to.value - from.value + 1 - static_cast<std::uint64_t>(own);
  if (missed > 0)
    show_missed(room, missed);
  show_acknowledged(room, gap.to);
  room.last = gap.to;
  if (room.is_pair())
    take_turns(room);
}

// 0 messages: only presence.
void Model::show_missed(Room& room, std::uint64_t messages) {
  show(room, LineKind::event,
       messages == 0 ? "Some joins and leaves were missed." : missed(messages));
}

void Model::on(const protocol::Posted& posted) {
  if (posted.user != me_)
    people_.saw(posted.user, posted.nickname);
  Room* const room = rooms_.find(posted.room);
  if (room && room->is_pair())
    whisper_posted(posted);
  else if (room && posted.sequence > room->last)
    show_message(*room, posted);
}

void Model::show_message(Room& room, const protocol::Posted& posted) {
  room.last = posted.sequence;
  room.last_news = std::max(room.last_news, posted.time);
  const bool own = posted.user == me_;
  if (room.acknowledged.erase(posted.sequence) == 0 && own && !room.is_pair())
    unsent_.mark_shown(room.name, posted.kind, posted.text);
  Line line = said_line(own ? LineKind::own_message : LineKind::message, posted.time, posted.kind,
                        posted.nickname, posted.text);
  line.number = posted.sequence;
  room.speakers.spoke(posted.user, posted.nickname);
  room.typists.stops(posted.user);
  line.is_mention = !own && highlights_.are_in(posted.text, nickname_);
  const bool concerns_user = line.is_mention || (!own && room.is_pair());
  if (concerns_user)
    mention_ = {room.name, posted.nickname, posted.text};
  show_line(room, std::move(line));
  if (own)
    said_here(room, posted.sequence);
}

void Model::on(const protocol::Ping& ping) {
  outgoing_.emplace_back(protocol::Pong{.request = ping.request});
}

void Model::on(const protocol::Notice& notice) {
  show(LineKind::notice,
       notice.sentence.empty() ? std::string(describe(notice.code)) : notice.sentence);
}

}  // namespace chat::client
