#include "tools/pipe/pipe.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>
#include <span>
#include <system_error>
#include <tuple>

#include "client/random.hpp"
#include "libchat/text.hpp"
#include "tools/pipe/run_state.hpp"

namespace chat::pipe {
namespace {

using client::Phase;
using client::wall_time;

void say(std::string_view sentence) {
  std::fputs(fmt::format("chat-pipe: {}\n", harmless(sentence)).c_str(), stderr);
}

}  // namespace

Pipe::Pipe(const Options& options, client::Signals& signals)
    : options_(options),
      signals_(signals),
      output_(STDOUT_FILENO),
      events_(options.room),
      model_(net::to_string(options.server), client::random_id,
             std::make_unique<RunState>(client::random_id, deliveries_)),
      link_(options.server, model_, std::nullopt, this),
      patient_until_(Clock::now() + options.timeout) {
  model_.start(options.nickname.shown(), wall_time());
}

int Pipe::run() {
  while (!end_status_) {
    look_at_chat();
    say_input();
    link_.step();
    tell();
    look_at_end();
    if (!end_status_)
      wait();
  }
  return finish();
}

// --- the room -----------------------------------------------------------------------------------

void Pipe::received(const protocol::ServerMessage& message) {
  events_.received(message, deliveries_, wall_time());
}

void Pipe::lost(std::string_view why) {
  events_.lost(why, wall_time());
  asked_for_room_ = false;
  asked_to_leave_ = false;
  const std::string told = std::exchange(told_loss_, why);
  if (!why.empty() && told != why)
    say(fmt::format("{} Trying again.", why));
}

void Pipe::look_at_chat() {
  switch (model_.phase()) {
    case Phase::naming:
      return end(kNotSent, fmt::format("The nickname {} is refused: {}", options_.nickname.shown(),
                                       events_.last_refusal()));
    case Phase::disconnected:
      return end(kNotSent, model_.disconnect_sentence());
    case Phase::chatting:
      told_loss_.clear();
      return enter_room();
    default:
      return;
  }
}

// After a lost connection the model enters it again.
void Pipe::enter_room() {
  if (is_in_room()) {
    was_in_room_ = true;
    return leave_lobby();
  }
  if (was_in_room_ || events_.is_room_refused())
    return end(kNotSent, fmt::format("Not in the room {}: {}", options_.room.shown(),
                                     events_.last_refusal().empty() ? "The server has closed it."
                                                                    : events_.last_refusal()));
  if (!std::exchange(asked_for_room_, true))
    std::ignore = model_.submit(fmt::format("/join {}", options_.room.shown()), wall_time());
}

// On arrival everybody is there, and nothing that is said there is wanted.
void Pipe::leave_lobby() {
  const auto lobby = RoomName::make(kLobbyName);
  const bool is_there = std::ranges::any_of(model_.rooms(), [&](const client::Room& room) {
    return room.open && RoomName::make(room.name) == lobby;
  });
  if (is_there && lobby != options_.room && !std::exchange(asked_to_leave_, true))
    std::ignore = model_.submit(fmt::format("/leave {}", kLobbyName), wall_time());
}

bool Pipe::is_in_room() const {
  return model_.front() != nullptr && RoomName::make(model_.front()->name) == options_.room;
}

// --- what is said -------------------------------------------------------------------------------

bool Pipe::may_say() const {
  return !end_status_ && was_in_room_ && is_in_room() && deliveries_.waiting() < kMostWaiting;
}

void Pipe::say_input() {
  while (may_say()) {
    const auto text = lines_.take(events_.max_text_bytes().value_or(kMaxTextBytes));
    if (!text)
      return;
    deliveries_.begin_line(text->line);
    if (const auto taken = model_.submit_text(text->text, wall_time()); !taken)
      deliveries_.refused(text->text, taken.error());
  }
}

void Pipe::tell() {
  for (const Deliveries::Failed& failed : deliveries_.take_failed()) {
    say(fmt::format("line {}: {}: {}", failed.said.line, failed.why, failed.said.text));
    events_.failed(failed, wall_time());
  }
  output_.append(events_.take_lines());
}

// --- the end ------------------------------------------------------------------------------------

// For the server. Whoever does not read what happens is waited for without end.
bool Pipe::is_waiting() const {
  return (!was_in_room_ || deliveries_.waiting() > 0) && !output_.is_full();
}

bool Pipe::is_done() const {
  const bool reads_on = options_.listen && !stopped_;
  return lines_.is_over() && deliveries_.waiting() == 0 && !reads_on && (was_in_room_ || stopped_);
}

void Pipe::look_at_end() {
  if (output_.is_broken() && !stopped_)
    stop(kOutputEnded);
  if (is_done())
    return end(stopped_.value_or(kAllAcknowledged));
  if (!is_waiting() || std::exchange(settled_, deliveries_.settled()) != deliveries_.settled())
    patient_until_ = Clock::now() + options_.timeout;
  else if (Clock::now() >= patient_until_)
    end(kNoAnswer, was_in_room_ ? "The server does not acknowledge what was said."
                                : "The server was not reached, or did not answer.");
}

// What was read is still said.
void Pipe::stop(int status) {
  stopped_ = status;
  lines_.end();
}

void Pipe::end(int status, std::string_view sentence) {
  if (end_status_)
    return;
  end_status_ = status;
  if (sentence.empty())
    return;
  say(sentence);
  events_.error(sentence, wall_time());
}

// What has ended it tells more than that something was left unacknowledged, which is told, too.
int Pipe::finish() {
  const bool is_refused = deliveries_.failed() > 0;
  model_.quit();
  link_.finish();
  deliveries_.give_up_all("Perhaps not sent");
  tell();
  while (!output_.is_done()) {
    std::array<pollfd, 2> entries{{output_.to_poll(), {signals_.fd(), POLLIN, 0}}};
    ::poll(entries.data(), entries.size(), at_once_ ? 0 : -1);
    output_.polled(entries[0].revents);
    if (at_once_)
      break;
    if (entries[1].revents != 0)
      handle_signals();
  }
  const bool is_told = *end_status_ == kNoAnswer || at_once_;
  return is_refused && !is_told ? int{kNotSent} : *end_status_;
}

// --- waiting ------------------------------------------------------------------------------------

void Pipe::wait() {
  auto [server, attempt] = link_.to_poll();
  // What it says could not be told.
  if (output_.is_full())
    server.fd = -1;
  std::array<pollfd, 5> entries{{
      server,
      attempt,
      {signals_.fd(), POLLIN, 0},
      {wants_input() ? STDIN_FILENO : -1, POLLIN, 0},
      output_.to_poll(),
  }};
  const auto most = patience();
  ::poll(entries.data(), entries.size(), most ? static_cast<int>(most->count()) : -1);
  link_.polled(std::span(entries).first<client::Link::kPolled>());
  output_.polled(entries[4].revents);
  if (entries[3].revents != 0)
    read_input();
  if (entries[2].revents != 0)
    handle_signals();
}

// Until something has to be done; nothing: until something happens.
std::optional<std::chrono::milliseconds> Pipe::patience() const {
  auto most = link_.wait();
  if (is_waiting()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(patient_until_ - Clock::now());
    most = std::min(most.value_or(left), std::max(left, std::chrono::milliseconds::zero()));
  }
  return most;
}

bool Pipe::wants_input() const {
  return was_in_room_ && !stopped_ && lines_.wants_bytes();
}

void Pipe::read_input() {
  std::array<char, 16 * 1024> buffer;
  const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
  if (size > 0)
    return lines_.feed({buffer.data(), static_cast<std::size_t>(size)});
  if (size < 0 && (errno == EINTR || errno == EAGAIN))
    return;
  lines_.end();
  if (size < 0) {
    say(fmt::format("reading standard input: {}", std::generic_category().message(errno)));
    stop(kInputFailed);
  }
}

// The first one ends the input, a further one everything; so does one when there is only somebody
// to be waited for who reads what happened.
void Pipe::handle_signals() {
  for (const int number : signals_.take()) {
    if (!client::Signals::ends(number))
      continue;
    if (!stopped_ && !end_status_) {
      stop(kKilled + number);
      continue;
    }
    at_once_ = true;
    end_status_ = kKilled + number;
    return;
  }
}

}  // namespace chat::pipe
