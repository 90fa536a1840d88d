// How what the user says travels: it waits, is handed to a connection, and is acknowledged or given
// up. Until then it stands below the lines of its room.

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <utility>
#include <vector>

#include "client/model.hpp"
#include "client/wording.hpp"
#include "libchat/name.hpp"

namespace chat::client {
namespace {

// As the user could enter it.
std::string input_of(const UnsentMessage& message) {
  if (message.is_whisper())
    return fmt::format("@{} {}", message.to, message.text);
  if (message.kind == MessageKind::action)
    return fmt::format("/me {}", message.text);
  return message.text.starts_with('/') ? "/" + message.text : message.text;
}

Line in_chat(LineKind kind, WallTime when, const UnsentMessage& message,
             std::string_view nickname) {
  return said_line(kind, when, message.kind, nickname, message.text);
}

Line pending_line(const UnsentMessage& message, std::string_view nickname) {
  Line line = in_chat(LineKind::pending, message.time, message, nickname);
  line.text += " (pending)";
  return line;
}

// "not sent: No such room." goes on with a sentence that has begun.
std::string in_brackets(std::string_view why) {
  std::string text(why);
  if (text.starts_with('N') || text.starts_with('P'))
    text[0] = static_cast<char>(text[0] + ('a' - 'A'));
  return fmt::format(" ({})", text);
}

// "[garden] <Lisa> …": where one does not see that it was said there.
std::string told_elsewhere(const UnsentMessage& message, std::string_view line) {
  return fmt::format("[{}] {}", message.is_whisper() ? "@" + message.to : message.room, line);
}

}  // namespace

// Precondition: the user is in the room, or has the conversation.
void Model::say(UnsentMessage message) {
  message.id = next_message_id_();
  message.epoch = epoch_;
  message.time = now_;
  state_->said(message);
  Room* const where =
      message.is_whisper() ? conversation_of(message) : rooms_.open_room(message.room);
  unsent_.add(std::move(message));
  not_sent_ = 0;
  if (where != nullptr) {
    where->scrollback.unmark();
    where->scrollback.to_end();
    if (where->is_pair())
      warn_of_absence(*where);
  }
  deliver();
}

// Hands over what may go now, in order.
void Model::deliver() {
  if (phase_ != Phase::chatting)
    return;
  for (const UnsentMessage& message : unsent_.messages()) {
    if (under_way_.size() >= kMostUnderWay)
      return;
    if (may_go(message))
      hand_over(message);
  }
}

bool Model::may_go(const UnsentMessage& message) const {
  if (under_way_.contains(message.id))
    return false;
  // One that the server may have must go before it is forgotten there.
  if (!message.attempted && unsent_.attempted() >= kMostUnderWay)
    return false;
  const Room* const room = rooms_.open_room(message.room);
  return message.is_whisper() || (room != nullptr && room->open);
}

void Model::hand_over(const UnsentMessage& message) {
  if (!message.attempted)
    state_->attempted(message.id);
  unsent_.mark_attempted(message.id);
  under_way_.insert(message.id);
  const auto request = ask({.what = Request::What::text, .message = message.id});
  if (message.is_whisper())
    outgoing_.emplace_back(protocol::Whisper{.request = request,
                                             .id = message.id,
                                             .user = message.to_user,
                                             .nickname = present_name_of(message),
                                             .kind = message.kind,
                                             .text = message.text});
  else
    outgoing_.emplace_back(protocol::Say{.request = request,
                                         .room = rooms_.open_room(message.room)->id,
                                         .id = message.id,
                                         .kind = message.kind,
                                         .text = message.text});
}

// Whoever was meant may be called something else by now.
std::string Model::present_name_of(const UnsentMessage& message) {
  const Room* const room = message.to_user == UserId{} ? nullptr : conversation_of(message);
  return room != nullptr && room->other == message.to_user ? room->name : message.to;
}

void Model::give_up(const MessageId& id, std::string_view why) {
  const auto message = unsent_.take(id);
  if (!message)
    return;
  state_->given_up(id, why);
  under_way_.erase(id);
  show_given_up(*message, why);
}

Line Model::failed_line(const UnsentMessage& message, std::string_view why) const {
  // Before the first welcome, it is the name that an earlier client had.
  Line line = in_chat(LineKind::failed, message.time, message,
                      nickname_.empty() ? wished_->shown() : std::string_view(nickname_));
  line.text += in_brackets(why);
  return line;
}

// Nothing is lost: the text stays where it was, and in the history of the input line.
void Model::show_given_up(const UnsentMessage& message, std::string_view why) {
  given_up_.push_back(input_of(message));
  failed_.push_back({message, failed_line(message, why).text});
  ++not_sent_;
  if (failed_.size() > kMaxPending)
    failed_.pop_front();
  if (message.is_whisper())
    return show_whisper_given_up(message, why);
  Room* const room = rooms_.open_room(message.room);
  if (room == nullptr)
    return show_given_up_elsewhere(message, why);
  show_line(*room, failed_line(message, why));
  if (room != &rooms_.current())
    ++room->unread;
}

// In its conversation; one that has not begun that way is none. And where the user is, who may have
// whispered from there.
void Model::show_whisper_given_up(const UnsentMessage& message, std::string_view why) {
  Room* const room = conversation_of(message);
  if (room != nullptr && room == &rooms_.current())
    return show_line(*room, failed_line(message, why));
  if (room != nullptr) {
    const bool has_begun = room->id != RoomId{} || room->scrollback.has_lines();
    if (has_begun)
      show_line(*room, failed_line(message, why));
    else if (!is_said_in(*room))
      close(*room);
  }
  show_given_up_elsewhere(message, why);
}

void Model::show_given_up_elsewhere(const UnsentMessage& message, std::string_view why) {
  Line line = failed_line(message, why);
  line.text = told_elsewhere(message, line.text);
  line.author = {};
  show_line(rooms_.current(), std::move(line));
}

// Whether something that has no place yet is to stand in the conversation.
bool Model::is_said_in(const Room& conversation) {
  return std::ranges::any_of(unsent_.messages(), [&](const UnsentMessage& message) {
    return belongs_to(message, conversation);
  });
}

// It stands below all others from now on, and nowhere else.
void Model::take_failed_out(const Failed& failed) {
  const auto is_told_in = [&](const std::string& text) {
    return [&failed, text](const Line& line) {
      return line.kind == LineKind::failed && line.time == failed.message.time && line.text == text;
    };
  };
  const auto take_from = [&](Room& room) {
    room.scrollback.take_out(is_told_in(told_elsewhere(failed.message, failed.line)));
    if (room.name.empty() || belongs_to(failed.message, room))
      room.scrollback.take_out(is_told_in(failed.line));
  };
  std::ranges::for_each(rooms_, take_from);
  take_from(rooms_.outside());
}

Model::Outcome Model::resend(WallTime now) {
  now_ = now;
  auto outcome = resend_last();
  settle();
  return outcome;
}

Model::Outcome Model::resend_last() {
  if (failed_.empty())
    return std::unexpected("There is nothing that was not sent.");
  const UnsentMessage& last = failed_.back().message;
  if (auto sendable = check_text(last.text); !sendable)
    return sendable;
  if (!last.is_whisper() && rooms_.open_room(last.room) == nullptr)
    return std::unexpected(fmt::format("Not sent: you are not in {}.", last.room));
  UnsentMessage again{.room = last.room, .to = last.to, .kind = last.kind, .text = last.text};
  again.to_user = last.epoch == epoch_ ? last.to_user : UserId{};
  const Failed before = std::move(failed_.back());
  failed_.pop_back();
  if (again.is_whisper())
    begin_conversation(again.to, again.to_user);
  const std::size_t others = std::max<std::size_t>(not_sent_, 1) - 1;
  take_failed_out(before);
  say(std::move(again));
  // The next client need not tell of it.
  state_->done(before.message.id);
  not_sent_ = others;
  return {};
}

void Model::give_up_if(const std::function<bool(const UnsentMessage&)>& lost,
                       std::string_view why) {
  std::vector<MessageId> ids;
  for (const UnsentMessage& message : unsent_.messages())
    if (lost(message))
      ids.push_back(message.id);
  for (const MessageId& id : ids)
    give_up(id, why);
}

void Model::acknowledge_said(const protocol::Acknowledged& acknowledged,
                             const UnsentMessage& message) {
  Room* const room = rooms_.find(acknowledged.room);
  if (room == nullptr)
    return;
  Line line = in_chat(LineKind::own_message, acknowledged.time, message, nickname_);
  line.number = acknowledged.sequence;
  if (acknowledged.sequence > room->last)
    room->acknowledged.try_emplace(acknowledged.sequence, std::move(line));
  // One that was said again after a lost connection has come through the room by now, unless it
  // fell into a gap.
  else if (!message.shown)
    room->scrollback.insert({std::move(line)});
  acknowledged_here(*room, std::min(acknowledged.sequence, room->last));
}

// Those that should have come through the room by now, and did not.
void Model::show_acknowledged(Room& room, Sequence up_to) {
  while (!room.acknowledged.empty() && room.acknowledged.begin()->first <= up_to)
    room.scrollback.append(room.acknowledged.extract(room.acknowledged.begin()).mapped());
}

bool Model::belongs_to(const UnsentMessage& message, const Room& room) {
  if (message.is_whisper() != room.is_pair())
    return false;
  return message.is_whisper() ? conversation_of(message) == &room : message.room == room.name;
}

std::size_t Model::waiting_in(const Room& room) {
  if (!room.is_pair())
    return unsent_.waiting_in(room.name);
  if (unsent_.whispers() == 0)
    return 0;
  return static_cast<std::size_t>(std::ranges::count_if(
      unsent_.messages(),
      [&](const UnsentMessage& message) { return !message.shown && belongs_to(message, room); }));
}

// Below the lines of the room in front: what is on its way through the room, and what waits. It is
// done anew with each message, when thousands may be waiting.
void Model::show_pending() {
  // More of them say no more.
  constexpr std::size_t kMostLines = 20;
  const Room& room = rooms_.current();
  std::vector<Line> lines;
  for (const auto& [sequence, line] : room.acknowledged | std::views::take(kMostLines))
    lines.push_back(line);
  std::size_t more = room.acknowledged.size() - lines.size();
  std::size_t waiting = waiting_in(room);
  for (const UnsentMessage& message : unsent_.messages()) {
    if (waiting == 0 || lines.size() == kMostLines)
      break;
    if (message.shown || !belongs_to(message, room))
      continue;
    lines.push_back(pending_line(message, nickname_));
    --waiting;
  }
  more += waiting;
  if (more > 0)
    lines.push_back(make_line(LineKind::pending, now_, fmt::format("and {} more pending", more)));
  rooms_.current().scrollback.set_pending(std::move(lines));
}

}  // namespace chat::client
