// What the user's lines do to the model.

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "client/model.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kNoSettings = "There is nothing to be set here.";

}  // namespace

Model::Outcome Model::submit(std::string_view line, WallTime now) {
  now_ = now;
  if (phase_ == Phase::naming && line.empty())
    line = offered_nickname_;
  if (line.find_first_not_of(" \n") == line.npos)
    return {};
  if (awaits_room() && line != "/quit") {
    if (typed_ahead_.size() >= kMaxPending)
      return std::unexpected("The server has not answered yet. Please wait.");
    typed_ahead_.emplace_back(line);
    return {};
  }
  auto outcome =
      phase_ == Phase::naming && line != "/quit" ? submit_nickname(line) : submit_command(line);
  settle();
  return outcome;
}

// A room that the user wants to enter, and that has not been opened.
bool Model::awaits_room() const {
  return std::ranges::any_of(
      requests_, [](const auto& request) { return request.second.what == Request::What::join; });
}

// What was entered behind a /join is meant for that room.
void Model::do_typed_ahead() {
  while (!typed_ahead_.empty() && !awaits_room() && phase_ == Phase::chatting) {
    const std::string line = std::move(typed_ahead_.front());
    typed_ahead_.pop_front();
    if (const auto outcome = submit_command(line); !outcome)
      give_up_typed(line, outcome.error());
  }
}

// And for no other one.
void Model::drop_typed_ahead() {
  for (const std::string& line : std::exchange(typed_ahead_, {}))
    give_up_typed(line, "The room was not entered.");
}

void Model::give_up_typed(const std::string& line, std::string_view why) {
  show(LineKind::error, fmt::format("{} Not sent: {}", why, line));
  given_up_.push_back(line);
}

void Model::tell(std::span<const std::string> sentences, WallTime now) {
  now_ = now;
  leave_past();
  for (const std::string& sentence : sentences)
    show(LineKind::notice, sentence);
  rooms_.current().scrollback.to_end();
  settle();
}

Model::Outcome Model::submit_text(std::string_view text, WallTime now) {
  now_ = now;
  auto outcome = say_here(MessageKind::text, std::string(text));
  settle();
  return outcome;
}

Model::Outcome Model::submit_command(std::string_view line) {
  auto parsed = command::parse(line);
  if (!parsed)
    return std::unexpected(std::move(parsed.error()));
  auto outcome = std::visit([&](const auto& command) { return run(command, line); }, *parsed);
  // What comes of it is seen there.
  if (outcome && !std::holds_alternative<command::Search>(*parsed))
    leave_past();
  return outcome;
}

Model::Outcome Model::submit_nickname(std::string_view line) {
  const auto name = Nickname::make(line);
  if (!name)
    return std::unexpected(fmt::format("Sorry, {}.", describe(name.error())));
  corrections_ = 0;
  // What is remembered is about the person, who stays the same in the middle of a chat, and with
  // something left to say.
  if (me_ == UserId{} && unsent_.size() == 0)
    greet(*name);
  else
    hello(*name);
  return {};
}

// Whether a message may be said now. While the connection is lost it waits for the next one.
Model::Outcome Model::check_text(std::string_view text) const {
  if (phase_ == Phase::disconnected)
    return std::unexpected("Not sent: you are disconnected. /quit ends.");
  // Who was never welcome is in no room.
  if (me_ == UserId{})
    return std::unexpected("Not sent: the server has not answered yet.");
  if (text.size() > max_text_bytes_)
    return std::unexpected(fmt::format("Not sent: the text has {} bytes, and {} is the most.",
                                       text.size(), max_text_bytes_));
  if (pending() >= kMaxPending)
    return std::unexpected("Not sent: too much waits for the server's answer.");
  return {};
}

// Whether the server could take another request now.
Model::Outcome Model::check_chatting() const {
  if (auto sendable = check_text({}); !sendable)
    return sendable;
  if (phase_ != Phase::chatting)
    return std::unexpected("Not now: the connection is lost.");
  return {};
}

Model::Outcome Model::say_here(MessageKind kind, std::string text) {
  if (auto sendable = check_text(text); !sendable)
    return sendable;
  if (!front())
    return std::unexpected("Not sent: you are in no room. /join ROOM enters one.");
  if (const Room& room = *front(); room.is_pair())
    say({.to = room.name, .to_user = room.other, .kind = kind, .text = std::move(text)});
  else
    say({.room = room.name, .kind = kind, .text = std::move(text)});
  return {};
}

Model::Outcome Model::run(const command::Say& command, std::string_view) {
  return say_here(MessageKind::text, command.text);
}

Model::Outcome Model::run(const command::Action& command, std::string_view) {
  return say_here(MessageKind::action, command.text);
}

Model::Outcome Model::run(const command::Whisper& command, std::string_view) {
  if (auto sendable = check_text(command.text); !sendable)
    return sendable;
  const auto name = Nickname::make(command.nickname);
  if (!name)
    return std::unexpected(fmt::format("Not sent: {}.", describe(name.error())));
  const UserId user = people_.find(name->shown()).value_or(UserId{});
  begin_conversation(name->shown(), user);
  say({.to = std::string(name->shown()), .to_user = user, .text = command.text});
  return {};
}

Model::Outcome Model::run(const command::Query& command, std::string_view) {
  const auto name = Nickname::make(command.nickname);
  if (!name)
    return std::unexpected(fmt::format("Sorry, {}.", describe(name.error())));
  if (name == Nickname::make(nickname_))
    return std::unexpected("That is you.");
  const Room* const room =
      begin_conversation(name->shown(), people_.find(name->shown()).value_or(UserId{}));
  if (room == nullptr)
    return std::unexpected("There are too many conversations. /close ends one.");
  bring_to_front(rooms_.index_of(*room));
  return command.text.empty() ? Outcome() : say_here(MessageKind::text, command.text);
}

Model::Outcome Model::run(const command::Nick& command, std::string_view input) {
  if (auto possible = check_chatting(); !possible)
    return possible;
  const auto name = Nickname::make(command.nickname);
  if (!name)
    return std::unexpected(fmt::format("Sorry, {}.", describe(name.error())));
  const auto request = ask({.what = Request::What::rename, .input = std::string(input)});
  outgoing_.emplace_back(
      protocol::Rename{.request = request, .nickname = std::string(name->shown())});
  return {};
}

Model::Outcome Model::run(const command::Join& command, std::string_view input) {
  const auto name = RoomName::make(command.room);
  if (!name)
    return std::unexpected(fmt::format("Sorry, {}.", describe(name.error())));
  const auto joined = std::ranges::find_if(rooms_, [&](const Room& room) {
    return !room.is_pair() && RoomName::make(room.name) == name;
  });
  if (joined != rooms_.end()) {
    bring_to_front(rooms_.index_of(*joined));
    return {};
  }
  if (auto possible = check_chatting(); !possible)
    return possible;
  const auto request = ask({.what = Request::What::join, .input = std::string(input)});
  outgoing_.emplace_back(protocol::Join{.request = request, .name = std::string(name->shown())});
  return {};
}

Model::Outcome Model::run(const command::Leave& command, std::string_view input) {
  if (command.room.empty())
    return leave_front(input);
  const auto name = RoomName::make(command.room);
  const auto room = std::ranges::find_if(rooms_, [&](const Room& r) {
    return !r.is_pair() && name && RoomName::make(r.name) == name;
  });
  if (room == rooms_.end())
    return std::unexpected("You are not in this room.");
  return leave(*room, input);
}

Model::Outcome Model::run(const command::Close&, std::string_view input) {
  return leave_front(input);
}

Model::Outcome Model::leave_front(std::string_view input) {
  if (front() == nullptr)
    return std::unexpected("You are in no room.");
  return leave(rooms_.current(), input);
}

// A conversation that has ended, or not begun, is the client's alone.
Model::Outcome Model::leave(Room& room, std::string_view input) {
  if (room.is_pair() && (room.ended || room.id == RoomId{})) {
    reads_.forget(room.id);
    forget_pair(room.id);
    close(room);
    return {};
  }
  if (auto possible = check_chatting(); !possible)
    return possible;
  const auto request =
      ask({.what = Request::What::leave, .input = std::string(input), .room = room.id});
  outgoing_.emplace_back(protocol::Leave{.request = request, .room = room.id});
  return {};
}

Model::Outcome Model::run(const command::Who&, std::string_view input) {
  if (auto possible = check_chatting(); !possible)
    return possible;
  if (!front())
    return std::unexpected("You are in no room.");
  const RoomId room = front()->id;
  const auto request =
      ask({.what = Request::What::members, .input = std::string(input), .room = room});
  outgoing_.emplace_back(protocol::ListMembers{.request = request, .room = room, .after = {}});
  return {};
}

Model::Outcome Model::run(const command::Rooms&, std::string_view input) {
  if (auto possible = check_chatting(); !possible)
    return possible;
  const auto request = ask({.what = Request::What::rooms, .input = std::string(input)});
  outgoing_.emplace_back(protocol::ListRooms{.request = request, .after = {}});
  return {};
}

Model::Outcome Model::run(const command::Resend&, std::string_view) {
  return resend_last();
}

Model::Outcome Model::run(const command::Clear&, std::string_view) {
  rooms_.current().scrollback.clear();
  return {};
}

Model::Outcome Model::run(const command::Help&, std::string_view) {
  for (const auto& [name, arguments, purpose] : command::descriptions()) {
    const std::string_view gap = arguments.empty() ? "" : " ";
    show(LineKind::notice, fmt::format("{}{}{}: {}", name, gap, arguments, purpose));
  }
  if (!help_end_.empty())
    show(LineKind::notice, help_end_);
  rooms_.current().scrollback.to_end();
  return {};
}

// Whoever has settings answers these without asking here; see config_commands.hpp.
Model::Outcome Model::run(const command::Keys&, std::string_view) {
  return std::unexpected(std::string(kNoSettings));
}

Model::Outcome Model::run(const command::Set&, std::string_view) {
  return std::unexpected(std::string(kNoSettings));
}

Model::Outcome Model::run(const command::Unset&, std::string_view) {
  return std::unexpected(std::string(kNoSettings));
}

Model::Outcome Model::run(const command::Bind&, std::string_view) {
  return std::unexpected(std::string(kNoSettings));
}

Model::Outcome Model::run(const command::Quit&, std::string_view) {
  quit();
  return {};
}

}  // namespace chat::client
