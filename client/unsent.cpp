#include "client/unsent.hpp"

#include <algorithm>
#include <utility>

#include "libchat/name.hpp"

namespace chat::client {
namespace {

bool is_same_room(std::string_view a, std::string_view b) {
  const auto name = RoomName::make(a);
  return name && name == RoomName::make(b);
}

}  // namespace

Unsent::Messages::iterator Unsent::place_of(const MessageId& id) {
  return std::ranges::find(messages_, id, &UnsentMessage::id);
}

const UnsentMessage* Unsent::find(const MessageId& id) const {
  const auto place = std::ranges::find(messages_, id, &UnsentMessage::id);
  return place == messages_.end() ? nullptr : &*place;
}

std::size_t Unsent::waiting_in(const std::string& room) const {
  const auto known = waiting_.find(room);
  return known == waiting_.end() ? 0 : known->second;
}

void Unsent::count(const UnsentMessage& message) {
  if (message.is_whisper())
    ++whispers_;
  else if (!message.shown)
    ++waiting_[message.room];
}

void Unsent::uncount(const UnsentMessage& message) {
  if (message.is_whisper())
    --whispers_;
  else if (!message.shown && --waiting_[message.room] == 0)
    waiting_.erase(message.room);
}

void Unsent::add(UnsentMessage message) {
  count(message);
  attempted_ += message.attempted ? 1 : 0;
  messages_.push_back(std::move(message));
}

void Unsent::mark_attempted(const MessageId& id) {
  const auto place = place_of(id);
  if (place != messages_.end() && !std::exchange(place->attempted, true))
    ++attempted_;
}

void Unsent::mark_shown(std::string_view room, MessageKind kind, std::string_view text) {
  const auto place = std::ranges::find_if(messages_, [&](const UnsentMessage& message) {
    return message.attempted && !message.shown && message.room == room && message.kind == kind &&
           message.text == text;
  });
  if (place == messages_.end())
    return;
  uncount(*place);
  place->shown = true;
  count(*place);
}

void Unsent::spell_room(std::string_view name) {
  for (UnsentMessage& message : messages_)
    if (!message.is_whisper() && message.room != name && is_same_room(message.room, name)) {
      uncount(message);
      message.room = name;
      count(message);
    }
}

std::optional<UnsentMessage> Unsent::take(const MessageId& id) {
  const auto place = place_of(id);
  if (place == messages_.end())
    return std::nullopt;
  UnsentMessage taken = std::move(*place);
  messages_.erase(place);
  uncount(taken);
  attempted_ -= taken.attempted ? 1 : 0;
  return taken;
}

}  // namespace chat::client
