// How others are there, and how the user is: who types, and who is away.

#include <cstdint>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "client/model.hpp"

namespace chat::client {

namespace {

constexpr std::chrono::milliseconds kBetweenTyping = std::chrono::seconds(3);
constexpr std::chrono::milliseconds kOldTyping = std::chrono::seconds(10);

// What a server says about time is a claim, and any two of them have a difference.
std::uint64_t difference(WallTime later, WallTime earlier) {
  return static_cast<std::uint64_t>(later.milliseconds) -
         static_cast<std::uint64_t>(earlier.milliseconds);
}

std::string absence(std::string_view nickname, std::string_view why) {
  return why.empty() ? fmt::format("{} is away.", nickname)
                     : fmt::format("{} is away: {}", nickname, why);
}

}  // namespace

// --- who types ----------------------------------------------------------------------------------

void Model::user_types(WallTime now) {
  now_ = now;
  const Room* const room = front();
  if (!tells_typing_ || phase_ != Phase::chatting || version_ < kPresenceVersion ||
      room == nullptr || !room->open || !(room->is_pair() || room->members.listed()))
    return;
  // What is meant for a room that is about to be entered.
  if (awaits_room())
    return;
  // Also when the clock was put back.
  if (difference(now, told_typing_) < static_cast<std::uint64_t>(kBetweenTyping.count()))
    return;
  told_typing_ = now;
  outgoing_.emplace_back(protocol::TellTyping{.request = kUnanswered, .room = room->id});
}

void Model::set_clock_by(const protocol::Welcome& welcome) {
  server_ahead_ = difference(welcome.time, now_);
}

// In a log that is read from further back, it was over long ago.
void Model::on(const protocol::Typing& typing) {
  Room* const room = rooms_.find(typing.room);
  const auto age = static_cast<std::int64_t>(difference(now_, typing.time) + server_ahead_);
  if (room != nullptr && typing.user != me_ && age < kOldTyping.count())
    room->typists.types(typing.user, typing.nickname, now_);
}

void Model::pass_time(WallTime now) {
  now_ = now;
  rooms_.current().typists.pass_over(now);
}

std::optional<std::chrono::milliseconds> Model::next_change(WallTime now) const {
  return front() ? front()->typists.left(now) : std::nullopt;
}

// --- who is away --------------------------------------------------------------------------------

Model::Outcome Model::run(const command::Away& command, std::string_view) {
  if (auto possible = check_text({}); !possible)
    return possible;
  if (version_ < kPresenceVersion)
    return std::unexpected("This server does not tell others who is away.");
  if (command.text.size() > kMaxSentenceBytes)
    return std::unexpected(fmt::format("The text has {} bytes, and {} is the most.",
                                       command.text.size(), kMaxSentenceBytes));
  away_ = command.text;
  std::ranges::replace(*away_, '\n', ' ');
  tell_away();
  show(LineKind::notice, away_->empty()
                             ? "You are away. /back ends that."
                             : fmt::format("You are away: {} · /back ends that.", *away_));
  return {};
}

Model::Outcome Model::run(const command::Back&, std::string_view) {
  if (!away_)
    return std::unexpected("You are not away.");
  away_.reset();
  if (phase_ == Phase::chatting && version_ >= kPresenceVersion)
    outgoing_.emplace_back(protocol::SetAway{.request = {}, .is_away = false, .sentence = {}});
  show(LineKind::notice, "You are back.");
  return {};
}

// As it is now: a session that was taken up again may know it otherwise, also from an earlier
// client, and a new one does not know it.
void Model::tell_away() {
  const bool may_be_wrong = away_.has_value() || resumed_;
  if (may_be_wrong && phase_ == Phase::chatting && version_ >= kPresenceVersion)
    outgoing_.emplace_back(protocol::SetAway{
        .request = {}, .is_away = away_.has_value(), .sentence = away_.value_or("")});
}

// Between two it matters; in a room, everybody's comings and goings would bury what is said.
void Model::on(const protocol::Away& away) {
  Room* const room = rooms_.find(away.room);
  if (room == nullptr)
    return;
  const bool was_away = room->members.away(away.user).has_value();
  room->members.set_away(away.user, away.is_away ? std::optional(away.sentence) : std::nullopt);
  if (away.user == me_)
    return;
  if (!away.is_away)
    for (Room& other : rooms_)
      if (other.is_pair() && other.other == away.user)
        other.told_absence.reset();
  if (!room->is_pair())
    return;
  if (away.is_away && std::exchange(room->told_absence, away.sentence) != away.sentence)
    show_news(*room, away.time, absence(away.nickname, away.sentence));
  else if (was_away && !away.is_away)
    show_news(*room, away.time, fmt::format("{} is no longer away", away.nickname));
}

// As far as the rooms say it. Lives until one of them says something else.
std::optional<std::string_view> Model::absence_of(UserId user) const {
  std::optional<std::string_view> known;
  for (const Room& room : rooms_)
    if (const auto away = room.members.away(user); away && (!known || known->empty()))
      known = away;
  return known;
}

// Where the user is, who has just whispered to somebody who may not answer soon; once.
void Model::warn_of_absence(Room& conversation) {
  const auto away = absence_of(conversation.other);
  const auto& told = conversation.told_absence;
  if (!away || (told && (away->empty() || *told == *away)))
    return;
  conversation.told_absence = *away;
  show(LineKind::notice, absence(conversation.name, *away));
}

}  // namespace chat::client
