// How the chat goes on when a connection is lost and another one is there.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "client/model.hpp"

namespace chat::client {
namespace {

// Whether the server would only say so again.
bool is_final(CloseReason reason) {
  switch (reason) {
    case CloseReason::malformed:
    case CloseReason::frame_too_large:
    case CloseReason::hello_required:
    case CloseReason::unsupported_version:
    case CloseReason::taken_over:
      return true;
    default:
      return false;
  }
}

// Whether the next client would only hear the same about a room of this name.
bool is_final(ErrorCode error) {
  switch (error) {
    case ErrorCode::bad_value:
    case ErrorCode::invalid_utf8:
    case ErrorCode::field_too_long:
    case ErrorCode::invalid_room_name:
    case ErrorCode::no_such_room:
      return true;
    default:
      return false;
  }
}

bool is_same_name(std::string_view a, std::string_view b) {
  const auto name = RoomName::make(a);
  return name && name == RoomName::make(b);
}

}  // namespace

// --- the connection -----------------------------------------------------------------------------

void Model::connected(WallTime now) {
  now_ = now;
  next_try_.reset();
  if (phase_ == Phase::reconnecting)
    hello();
}

// One that is taken up again is not ended: it has what was said, and the next hello goes on with
// it.
void Model::take_hello_back() {
  if (phase_ == Phase::greeting && credentials_.token.empty())
    outgoing_.emplace_back(
        protocol::Goodbye{.request = {}, .reason = CloseReason::quit, .sentence = {}});
}

void Model::connection_lost(std::string_view why, WallTime now) {
  now_ = now;
  if (restarting_since_ && now.milliseconds - restarting_since_->milliseconds > kRestart.count())
    restarting_since_.reset();
  if (phase_ == Phase::greeting || phase_ == Phase::chatting)
    lose_connection(why);
  else
    outgoing_.clear();
  settle();
}

void Model::lose_connection(std::string_view why) {
  phase_ = Phase::reconnecting;
  outgoing_.clear();
  reads_.interrupted();
  for (Room& room : rooms_) {
    room.open = false;
    room.typists = {};
    room.seen_until = room.last_news;
  }
  for (const auto& [number, request] : std::exchange(requests_, {}))
    if (request.what == Request::What::rejoin && !request.input.empty())
      rooms_at_start_.push_back(request.name);
    else if (!request.input.empty())
      show(LineKind::error, fmt::format("There was no answer yet to: {}", request.input));
  drop_typed_ahead();
  // Where it could be asked again for an answer, one has left.
  give_up_if(
      [this](const UnsentMessage& message) {
        return under_way_.contains(message.id) && !message.is_whisper() &&
               rooms_.open_room(message.room) == nullptr;
      },
      "Perhaps not sent");
  under_way_.clear();
  // A server that drops every connection in the same way is told of once.
  tell_loss(why.empty() ? std::string("The connection is lost.")
                        : fmt::format("The connection is lost: {}", why));
}

void Model::tell_loss(const std::string& news) {
  const auto since = std::exchange(welcomed_, std::nullopt);
  if (since && now_.milliseconds - since->milliseconds >= kLasting.count())
    told_loss_.clear();
  if (std::exchange(told_loss_, news) != news) {
    awaits_return_ = true;
    show_everywhere(LineKind::error, news);
  }
  // What is said from now on belongs above the news of the next connection.
  if (since)
    for (Room& room : rooms_)
      room.scrollback.divide();
}

void Model::on(const protocol::Goodbye& goodbye) {
  // The server's last frame: whether and when it closes makes no difference.
  const std::string why =
      goodbye.sentence.empty() ? std::string(describe(goodbye.reason)) : goodbye.sentence;
  if (is_final(goodbye.reason) && phase_ != Phase::naming)
    return end_connection(why);
  if (goodbye.reason == CloseReason::restarting)
    restarting_since_ = now_;
  connection_lost(why, now_);
}

void Model::end_connection(std::string_view why) {
  phase_ = Phase::disconnected;
  outgoing_.clear();
  requests_.clear();
  under_way_.clear();
  was_disconnected_ = true;
  disconnect_sentence_ = fmt::format("Disconnected from chat server: {}", why);
  show_everywhere(LineKind::error, disconnect_sentence_);
}

// --- the hello ----------------------------------------------------------------------------------

// With what is remembered for this nickname.
void Model::greet(const Nickname& nickname) {
  wished_ = nickname;
  Remembered remembered = state_->recall(nickname);
  recalled_ = std::move(remembered.pairs);
  credentials_ = std::move(remembered.credentials);
  kept_drafts_ = std::move(remembered.drafts);
  rooms_before_ = std::move(remembered.rooms);
  unsent_ = {};
  for (UnsentMessage& message : remembered.unsent)
    unsent_.add(std::move(message));
  for (const auto& [message, why] : remembered.given_up)
    show_given_up(message, why);
  hello(nickname);
}

void Model::hello(const Nickname& nickname) {
  wished_ = nickname;
  hello();
}

void Model::hello() {
  phase_ = Phase::greeting;
  std::string name(wished_->shown());
  last_hello_ = ask({.what = Request::What::hello, .name = name});
  outgoing_.emplace_back(protocol::Hello{.request = last_hello_,
                                         .nickname = std::move(name),
                                         .identity = credentials_.identity,
                                         .secret = credentials_.secret,
                                         .token = credentials_.token,
                                         .epoch = epoch_,
                                         .read = what_was_read()});
}

// Of the rooms first: what a room left out sends again is passed over.
std::vector<protocol::LastRead> Model::what_was_read() const {
  std::vector<protocol::LastRead> read;
  for (const auto kind : {RoomKind::open, RoomKind::pair})
    for (const Room& room : rooms_)
      if (room.kind == kind && room.id != RoomId{} && !room.ended && read.size() < kMostRead)
        read.push_back({room.id, room.last});
  return read;
}

void Model::hello_refused(const protocol::Error& error, const Request& request) {
  // A server that refuses whatever one corrects gets no further hello by itself.
  constexpr int kMostCorrections = 3;
  const bool correctable = corrections_++ < kMostCorrections;
  switch (error.code) {
    case ErrorCode::unknown_epoch:
    case ErrorCode::bad_position:
      if (!correctable)
        break;
      epoch_ = {};
      forget_numbers();
      for (Room& room : rooms_)
        room.counted_in = {};
      return hello();
    case ErrorCode::identity_refused:
    case ErrorCode::identity_in_use:
      if (!correctable)
        break;
      credentials_ = state_->renew();
      recalled_.clear();
      return hello();
    default:
      break;
  }
  ask_for_nickname(request.name,
                   error.sentence.empty() ? std::string(describe(error.code)) : error.sentence);
}

// The server knows better which rooms there are, and how far.
void Model::forget_numbers() {
  knows_session_ = false;
  for (Room& room : rooms_) {
    // Of the one before: it can still be read.
    if (room.ended)
      continue;
    show_acknowledged(room, kLastSequence);
    room.id = {};
    room.seen_until = {};
  }
}

// --- the welcome --------------------------------------------------------------------------------

// The same session: the server opens its rooms again, and what was missed follows.
void Model::resumed() {
  enter_unnumbered_rooms();
  enter_rooms_of_unsent();
  enter_rooms_at_start();
  deliver();
}

// Another session: nothing of the one before is there.
void Model::begin_anew(bool is_same_user) {
  // Said again, it could be published twice, unless the server knows what this user has said.
  give_up_if(
      [&](const UnsentMessage& message) {
        return message.attempted &&
               !(is_same_user &&
                 now_.milliseconds - message.time.milliseconds < kRepeatable.count());
      },
      "Perhaps not sent");
  // By now somebody else may have the name, and the same number as well.
  give_up_if(
      [this](const UnsentMessage& message) {
        return message.to_user != UserId{} && message.epoch != epoch_;
      },
      "Not sent, since the name may have changed hands");
  leave_pairs_behind();
  forget_numbers();
  knows_session_ = true;
  enter_unnumbered_rooms();
  enter_rooms_of_unsent();
  enter_rooms_at_start();
  deliver();
}

// Those that the user sees, and the server may not know of.
void Model::enter_unnumbered_rooms() {
  for (const Room& room : rooms_)
    if (room.id == RoomId{} && !room.is_pair())
      enter_again(room.name);
}

// A client that was killed has said something in a room that this one has not seen.
void Model::enter_rooms_of_unsent() {
  std::set<std::string> unknown;
  for (const UnsentMessage& message : unsent_.messages())
    if (!message.is_whisper() && rooms_.open_room(message.room) == nullptr)
      unknown.insert(message.room);
  for (const std::string& room : unknown)
    enter_again(room);
}

// What was set comes first, and nothing twice.
void Model::enter_rooms_at_start() {
  const auto set = std::exchange(rooms_at_start_, {});
  const auto before = std::exchange(rooms_before_, {});
  for (const std::string& room : set)
    ask_to_enter(room);
  if (!remembers_rooms_)
    return;
  for (const std::string& room : before)
    if (std::ranges::none_of(requests_, [&](const auto& request) {
          return request.second.what == Request::What::rejoin &&
                 is_same_name(request.second.name, room);
        }))
      ask_to_enter(room);
}

void Model::ask_to_enter(const std::string& room) {
  const auto request = ask({.what = Request::What::rejoin, .input = "/join " + room, .name = room});
  outgoing_.emplace_back(protocol::Join{.request = request, .name = room});
}

// On arrival one is in the lobby anyway.
void Model::remember_room(const Room& room) {
  if (remembers_rooms_ && room.name != kLobbyName)
    state_->keep_room(room.name);
}

// Who is in the room already is told so, and that is all.
void Model::enter_again(const std::string& room) {
  // On arrival everybody is there.
  if (!resumed_ && room == kLobbyName)
    return;
  const auto request = ask({.what = Request::What::rejoin, .name = room});
  outgoing_.emplace_back(protocol::Join{.request = request, .name = room});
}

void Model::not_entered_again(const std::string& name, ErrorCode error, std::string_view sentence) {
  if (is_final(error))
    state_->forget_room(name);
  Room* const room = rooms_.open_room(name);
  if (room != nullptr && !room->open) {
    close(*room);
    show(LineKind::error, fmt::format("{} You are no longer in {}.", sentence, name));
  }
  give_up_if(
      [&](const UnsentMessage& message) { return message.room == name && message.attempted; },
      fmt::format("Perhaps not sent: {}", sentence));
  give_up_if([&](const UnsentMessage& message) { return message.room == name; },
             fmt::format("Not sent: {}", sentence));
}

// --- the rooms ----------------------------------------------------------------------------------

// The room that the user sees already. Another session gives it another number.
Room* Model::room_to_reopen(const protocol::RoomOpened& opened) {
  const auto known = std::ranges::find_if(rooms_, [&](const Room& room) {
    return !room.is_pair() && (room.name == opened.name || is_same_name(room.name, opened.name));
  });
  if (known != rooms_.end())
    return &*known;
  Room* const numbered = rooms_.find(opened.room);
  return numbered != nullptr && numbered->is_pair() ? nullptr : numbered;
}

void Model::reopen(Room& room, const protocol::RoomOpened& opened) {
  catch_up(room, opened);
  room.id = opened.room;
  room.rename(opened.name);
  room.open = true;
  if (opened.listed)
    room.members.begin_list(opened.members);
  else
    room.members.count(opened.members);
  unsent_.spell_room(room.name);
  deliver();
}

}  // namespace chat::client
