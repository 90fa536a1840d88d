#include "client/plain.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "client/config_commands.hpp"
#include "client/plain_text.hpp"
#include "client/random.hpp"

namespace chat::client {

Plain::Plain(const Options& options, Connection connection, std::unique_ptr<State> state,
             Signals& signals)
    : signals_(signals),
      times_(options.times),
      model_(net::to_string(options.server), random_id, std::move(state)),
      link_(options.server, model_, std::move(connection)),
      configuration_(options.configuration),
      logging_(net::to_string(options.server)),
      is_nickname_new_(!options.nickname) {
  // A reader that is gone is noticed when it is written to.
  std::signal(SIGPIPE, SIG_IGN);
  apply_settings();
  model_.enter_at_start(options.rooms);
  // A script says itself where it wants to be.
  model_.remember_rooms(::isatty(STDIN_FILENO) == 1);
  if (options.nickname)
    model_.start(*options.nickname, wall_time());
  else
    model_.ask_nickname(options.offered_nickname, wall_time());
}

void Plain::run() {
  while (model_.phase() != Phase::quitting) {
    link_.step();
    keep_nickname();
    tell();
    call_attention();
    // Telling may have noticed that nobody is there.
    if (model_.phase() != Phase::quitting)
      wait();
    take_lines();
    // What was entered before the end is still said, if there is somebody who takes it.
    if (is_over_ && (model_.unsent() == 0 || model_.phase() != Phase::chatting))
      model_.quit();
  }
  link_.finish();
  tell();
}

// --- what comes in ------------------------------------------------------------------------------

void Plain::wait() {
  const auto [server, attempt] = link_.to_poll();
  std::array<pollfd, 4> entries{{
      server,
      attempt,
      {signals_.fd(), POLLIN, 0},
      {wants_input() ? STDIN_FILENO : -1, POLLIN, 0},
  }};
  const auto most = link_.wait();
  ::poll(entries.data(), entries.size(), most ? static_cast<int>(most->count()) : -1);
  if (entries[2].revents != 0)
    handle_signals();
  link_.polled(std::span(entries).first<Link::kPolled>());
  if (entries[3].revents != 0)
    read_input();
}

// Not before the server has answered, and no faster than it does: what is piped in comes at once.
bool Plain::wants_input() const {
  constexpr std::size_t kMostUnsent = 256;
  const bool is_answered = model_.front() != nullptr || model_.phase() != Phase::greeting;
  return !is_over_ && is_answered && model_.unsent() < kMostUnsent;
}

void Plain::handle_signals() {
  for (const int number : signals_.take())
    if (Signals::ends(number)) {
      ended_by_ = number;
      model_.hang_up();
    }
}

void Plain::read_input() {
  std::array<char, 4096> buffer;
  const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
  if (size < 0 && (errno == EINTR || errno == EAGAIN))
    return;
  if (size > 0) {
    input_.append(buffer.data(), static_cast<std::size_t>(size));
    return;
  }
  // Also a line that Ctrl-D has ended.
  if (!input_.empty())
    enter(std::exchange(input_, {}));
  is_over_ = true;
}

void Plain::take_lines() {
  std::size_t end;
  while (wants_input() && (end = input_.find('\n')) != input_.npos) {
    const std::string line = input_.substr(0, end);
    input_.erase(0, end + 1);
    enter(line);
    // Its answers come first, and with them perhaps another room.
    link_.step();
    tell();
  }
  if (input_.size() > kMaxLine && input_.find('\n') == input_.npos) {
    input_.clear();
    write("The line is too long.");
  }
}

void Plain::keep_nickname() {
  if (!is_nickname_new_ || model_.phase() != Phase::chatting)
    return;
  is_nickname_new_ = false;
  const std::string& nickname = model_.nickname();
  const std::string sentence =
      told_of_keeping(nickname, configuration_.change({{}, "nick"}, {{nickname}, false}));
  model_.tell(std::span(&sentence, 1), wall_time());
}

void Plain::apply_settings() {
  if (std::exchange(applied_, configuration_.changes()) == configuration_.changes())
    return;
  const Settings& settings = configuration_.settings();
  model_.look_out_for(Highlights(settings.highlight_words));
  attention_ = Attention(settings.attention);
  logging_.apply(settings.log);
}

// A bell in a file or a pipe would call nobody.
void Plain::call_attention() {
  const auto mention = model_.take_mention();
  if (!mention)
    return;
  const auto called = attention_.call(*mention, Attention::Clock::now());
  if (!called)
    write(plain_text(called.error()));
  else if (*called == Attention::Ring::yes && ::isatty(STDOUT_FILENO) == 1)
    send("\a");
}

void Plain::enter(std::string_view line) {
  const std::size_t unsent = model_.unsent();
  if (const auto taken = submit(line, model_, configuration_, wall_time()); !taken)
    return write(plain_text(taken.error()));
  apply_settings();
  if (model_.unsent() > unsent && model_.phase() != Phase::chatting)
    write("There is no connection. This is sent as soon as there is one.");
}

// --- what goes out ------------------------------------------------------------------------------

void Plain::tell() {
  tell_durability();
  tell_place();
  tell_news();
  tell_findings();
}

// Of the server that is there now: another one may have come in its place.
void Plain::tell_durability() {
  const DurabilityClaim now = model_.durability();
  const DurabilityClaim before = std::exchange(told_durability_, now);
  if (now == before)
    return;
  if (now == DurabilityClaim::none)
    write("This server keeps nothing: what is said is gone when it ends.");
  else if (before == DurabilityClaim::none)
    write(now == DurabilityClaim::unsaid ? "This server does not say whether it keeps what is said."
                                         : "This server keeps what is said.");
}

void Plain::tell_place() {
  const std::string now = model_.front() ? model_.front()->shown_name() : std::string();
  if (now == place_)
    return;
  place_ = now;
  write(now.empty() ? std::string("You are in no room now.")
                    : plain_text(fmt::format("You are in {} now.", now)));
}

// What concerns all rooms stands in each of them, and is told where one is.
void Plain::tell_news() {
  const auto news = model_.take_news();
  logging_.write(news, wall_time());
  std::map<std::string_view, std::size_t> rooms_with;
  std::set<std::string_view> told_in_front;
  for (const Model::News& one : news) {
    if (is_said(one.line.kind))
      continue;
    ++rooms_with[one.line.text];
    if (one.in_front)
      told_in_front.insert(one.line.text);
  }
  // Also in rooms that are closed by now.
  const auto concerns_all = [&](std::string_view text) {
    return told_in_front.contains(text) && rooms_with[text] >= model_.rooms().size();
  };
  for (const Model::News& one : news) {
    const std::string_view room = one.in_front ? std::string_view() : one.room;
    if (one.begins_unread)
      write(
          plain_line(make_line_without_time(LineKind::event, "What follows is new."), room, false));
    const bool is_told_in_front =
        !one.in_front && !is_said(one.line.kind) && concerns_all(one.line.text);
    if (one.line.kind != LineKind::beginning && !is_told_in_front)
      write(plain_line(one.line, room, times_));
  }
  if (const auto trouble = logging_.take_trouble())
    write(plain_text(*trouble));
}

void Plain::tell_findings() {
  if (model_.shown() != Model::Shown::findings) {
    told_hits_ = 0;
    return;
  }
  const auto hits = model_.findings().hits();
  for (; told_hits_ < hits.size(); ++told_hits_)
    write(plain_hit(hits[told_hits_], model_.place_of(hits[told_hits_])));
}

void Plain::write(std::string_view line) {
  send(std::string(line) + '\n');
}

void Plain::send(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0)
    model_.hang_up();
}

}  // namespace chat::client
