#include "client/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace chat::client {

Model::Model(std::string server, IdSource next_message_id)
    : server_(std::move(server)), next_message_id_(std::move(next_message_id)) {}

void Model::start(std::string_view nickname, WallTime now) {
  now_ = now;
  if (const auto name = Nickname::make(nickname))
    hello(std::string(name->shown()));
  else
    ask_for_nickname(nickname, fmt::format("Sorry, {}.", describe(name.error())));
}

void Model::receive(const protocol::ServerMessage& message, WallTime now) {
  // The frames of one reading may go on behind what ended the chat.
  if (phase_ == Phase::disconnected || phase_ == Phase::quitting)
    return;
  now_ = now;
  std::visit([this](const auto& m) { on(m); }, message);
}

void Model::connection_lost(std::string_view why, WallTime now) {
  now_ = now;
  outgoing_.clear();
  if (phase_ == Phase::greeting || phase_ == Phase::chatting)
    end_connection(why);
}

void Model::show_room(std::size_t index) {
  if (index < rooms_.size())
    bring_to_front(index);
}

void Model::quit() {
  if (phase_ != Phase::disconnected && phase_ != Phase::quitting)
    outgoing_.emplace_back(
        protocol::Goodbye{.request = {}, .reason = CloseReason::quit, .sentence = {}});
  phase_ = Phase::quitting;
}

std::vector<protocol::ClientMessage> Model::take_outgoing() {
  return std::exchange(outgoing_, {});
}

std::vector<std::string> Model::names_to_complete() const {
  std::vector<std::string> names;
  if (front() && front()->members.listed())
    for (const auto name : front()->members.sorted_names())
      names.emplace_back(name);
  else
    names = people_.nicknames();
  std::erase(names, nickname_);
  return names;
}

std::optional<std::string> Model::take_refused_nickname() {
  return std::exchange(refused_nickname_, std::nullopt);
}

Room* Model::find(RoomId room) {
  const auto found = std::ranges::find(rooms_, room, &Room::id);
  return found == rooms_.end() ? nullptr : &*found;
}

void Model::bring_to_front(std::size_t index) {
  front_ = index;
  rooms_[front_].unread = 0;
}

// Whoever was in front stays there, or its neighbour comes.
void Model::close(RoomId room) {
  const auto found = std::ranges::find(rooms_, room, &Room::id);
  if (found == rooms_.end())
    return;
  const auto index = static_cast<std::size_t>(found - rooms_.begin());
  rooms_.erase(found);
  if (front_ > index || front_ == rooms_.size())
    front_ -= front_ > 0 ? 1 : 0;
  if (!rooms_.empty())
    bring_to_front(front_);
}

void Model::show(Room& room, LineKind kind, std::string_view text) {
  show_at(room, kind, now_, text);
}

void Model::show_at(Room& room, LineKind kind, WallTime when, std::string_view text) {
  room.scrollback.append(make_line(kind, when, text));
  if (is_said(kind) && &room != &current())
    ++room.unread;
}

// The number to send the request under.
RequestId Model::ask(Request request) {
  ++last_request_.value;
  requests_.emplace(last_request_, std::move(request));
  return last_request_;
}

std::optional<Model::Request> Model::take_request(RequestId number) {
  auto taken = requests_.extract(number);
  if (taken.empty())
    return std::nullopt;
  return std::move(taken.mapped());
}

std::size_t Model::pending() const {
  std::size_t pending = requests_.size();
  for (const auto& [room, pair] : pairs_)
    pending += pair.waiting();
  return pending;
}

void Model::hello(std::string_view nickname) {
  phase_ = Phase::greeting;
  const std::string name(nickname);
  const auto request = ask({.what = Request::What::hello, .input = name, .name = name});
  outgoing_.emplace_back(protocol::Hello{.request = request, .nickname = name});
}

void Model::ask_for_nickname(std::string_view refused, std::string_view why) {
  phase_ = Phase::naming;
  refused_nickname_ = refused;
  show(LineKind::error, fmt::format("{} Which nickname do you want?", why));
}

void Model::end_connection(std::string_view why) {
  phase_ = Phase::disconnected;
  was_disconnected_ = true;
  disconnect_sentence_ = "Disconnected from chat server";
  if (!why.empty())
    disconnect_sentence_ += fmt::format(": {}", why);
  while (!pairs_.empty())
    close_pair(pairs_.begin()->first);
  for (Room& room : rooms_)
    show(room, LineKind::error, disconnect_sentence_);
  if (rooms_.empty())
    show(LineKind::error, disconnect_sentence_);
  for (const auto& [number, request] : std::exchange(requests_, {}))
    if (request.what == Request::What::text)
      show(LineKind::error, fmt::format("Perhaps not sent: {}", request.input));
}

}  // namespace chat::client
