#include "client/app.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <span>
#include <utility>

#include "client/config_commands.hpp"
#include "client/input_view.hpp"
#include "client/key_hints.hpp"
#include "client/layout.hpp"
#include "client/random.hpp"
#include "client/view.hpp"

namespace chat::client {

App::App(const Options& options, Connection connection, std::unique_ptr<State> state,
         Signals& signals, Terminal& terminal)
    : signals_(signals),
      terminal_(terminal),
      model_(net::to_string(options.server), random_id, std::move(state)),
      link_(options.server, model_, std::move(connection)),
      controller_(model_, options.configuration),
      logging_(net::to_string(options.server)),
      is_nickname_new_(!options.nickname) {
  // Whatever breaks is noticed when it is written to.
  std::signal(SIGPIPE, SIG_IGN);
  apply_settings();
  model_.enter_at_start(options.rooms);
  if (options.nickname)
    model_.start(*options.nickname, wall_time());
  else
    model_.ask_nickname(options.offered_nickname, wall_time());
}

void App::run() {
  while (model_.phase() != Phase::quitting) {
    link_.step();
    keep_nickname();
    write_log();
    call_attention();
    show_when_due();
    keep_drafts_when_due();
    wait();
  }
  controller_.keep_drafts();
  show();
  link_.finish();
  write_log();
}

void App::wait() {
  const auto [server, attempt] = link_.to_poll();
  std::array<pollfd, 5> entries{{
      server,
      attempt,
      {signals_.fd(), POLLIN, 0},
      // poll(2) ignores negative descriptors.
      {editor_ ? -1 : terminal_.input(), POLLIN, 0},
      {editor_ ? editor_->fd() : -1, POLLIN, 0},
  }};
  ::poll(entries.data(), entries.size(), wait_milliseconds());
  pacer_.changed();
  if (entries[2].revents != 0)
    handle_signals();
  // Before the keys, so that a nickname does not go to a server that is already known to be gone.
  link_.polled(std::span(entries).first<Link::kPolled>());
  if (entries[3].revents != 0)
    handle_keys();
  // The terminal is gone, and the signal that tells of it may come later, or not at all.
  if ((entries[3].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
    end_by(SIGHUP);
  if (entries[4].revents != 0)
    take_back();
}

// -1: until something happens. The time to the next try stands on the screen, to the second; with a
// connection nothing counts, and an idle client is not to wake.
int App::wait_milliseconds() const {
  constexpr std::chrono::milliseconds kPicture{1000};
  auto wait = link_.wait();
  if (wait && model_.next_try())
    wait = std::min(*wait, kPicture);
  if (const auto change = model_.next_change(wall_time()))
    wait = std::min(wait.value_or(*change), *change);
  if (const auto frame = pacer_.left(FramePacer::Time::clock::now()))
    wait = std::min(wait.value_or(*frame), *frame);
  if (keep_drafts_at_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        *keep_drafts_at_ - std::chrono::steady_clock::now());
    const auto due = std::max(left, std::chrono::milliseconds{0});
    wait = std::min(wait.value_or(due), due);
  }
  return wait ? static_cast<int>(wait->count()) : -1;
}

void App::handle_signals() {
  for (const int number : signals_.take()) {
    if (number == SIGTSTP) {
      stop(&Signals::stop);
      continue;
    }
    // At its return the terminal is taken again anyway; and keys that interrupt are the editor's.
    if (editor_ && number != SIGTERM && number != SIGHUP)
      continue;
    if (number == SIGWINCH)
      terminal_.resize();
    else if (number == SIGCONT)
      terminal_.take_again();
    else
      end_by(number);
  }
}

// The terminal may have been left already, to the editor.
void App::stop(void (Signals::*how)()) {
  if (!editor_)
    terminal_.leave();
  (signals_.*how)();
  if (!editor_)
    terminal_.come_back();
}

void App::end_by(int signal) {
  if (model_.phase() != Phase::quitting)
    ended_by_ = signal;
  model_.hang_up();
}

void App::handle_keys() {
  constexpr std::chrono::seconds kBetweenDrafts{3};
  if (!keep_drafts_at_)
    keep_drafts_at_ = std::chrono::steady_clock::now() + kBetweenDrafts;
  pacer_.pressed();
  for (const Key& key : terminal_.read_keys()) {
    press(key);
    if (model_.phase() == Phase::quitting || editor_)
      return;
  }
  // What was said is not to be there again as a draft, whatever ends the client now.
  if (controller_.prompt().text().empty())
    controller_.keep_drafts();
}

// The server is served on meanwhile.
void App::edit_elsewhere() {
  terminal_.leave();
  auto started = ExternalEditor::start(controller_.prompt().text());
  if (started) {
    editor_.emplace(std::move(*started));
  } else {
    terminal_.come_back();
    controller_.written_elsewhere(std::unexpected(std::move(started.error())));
  }
}

void App::take_back() {
  const auto written = editor_->finish();
  editor_.reset();
  terminal_.come_back();
  controller_.written_elsewhere(written);
}

void App::press(const Key& key) {
  const InputShape input = input_shape(model_, controller_.prompt(), terminal_.size());
  const Layout layout = layout_for(terminal_.size(), input.rows, controller_.panes());
  if (const auto* mouse = std::get_if<Mouse>(&key))
    return controller_.point(*mouse, terminal_.shown().target_at({mouse->row, mouse->column}),
                             layout.chat.size);
  fulfil(
      controller_.press(key, layout.chat.size, wall_time(), input.wrap_at, terminal_.size().width));
  apply_settings();
}

void App::fulfil(Wish wish) {
  switch (wish) {
    case Wish::nothing:
      return;
    case Wish::suspend:
      return stop(&Signals::stop_job);
    case Wish::redraw:
      return terminal_.forget_picture();
    case Wish::edit_elsewhere:
      return edit_elsewhere();
    case Wish::try_now:
      return link_.try_now();
    case Wish::turn_mouse:
      return use_mouse(!uses_mouse_);
  }
}

void App::use_mouse(bool wanted) {
  uses_mouse_ = wanted;
  terminal_.use_mouse(wanted);
  if (!wanted)
    return controller_.note("The mouse is the terminal's again.");
  const std::string key = key_for("mouse", controller_.bindings());
  controller_.note("The mouse scrolls and opens things." +
                   (key.empty() ? key : fmt::format(" {} leaves it to the terminal.", key)));
}

// A first start asks for it, and the later ones do not.
void App::keep_nickname() {
  if (!is_nickname_new_ || model_.phase() != Phase::chatting)
    return;
  is_nickname_new_ = false;
  const std::string& nickname = model_.nickname();
  const std::string sentence =
      told_of_keeping(nickname, controller_.change({{}, "nick"}, {{nickname}, false}));
  model_.tell(std::span(&sentence, 1), wall_time());
}

void App::apply_settings() {
  const Configuration& configuration = controller_.configuration();
  if (std::exchange(applied_, configuration.changes()) == configuration.changes())
    return;
  const Settings& settings = configuration.settings();
  model_.end_help_with(keys_in_help(controller_.bindings()));
  model_.look_out_for(Highlights(settings.highlight_words));
  model_.tell_of_typing(settings.tells_typing);
  attention_ = Attention(settings.attention);
  terminal_.use_colours(settings.colours);
  if (std::exchange(set_mouse_, settings.mouse) != settings.mouse) {
    uses_mouse_ = settings.mouse;
    terminal_.use_mouse(uses_mouse_);
  }
  logging_.apply(settings.log);
}

void App::write_log() {
  if (!logging_.takes_news())
    return;
  logging_.write(model_.take_news(), wall_time());
  if (const auto trouble = logging_.take_trouble())
    model_.tell(std::span(&*trouble, 1), wall_time());
}

// What is typed is kept now and then, for nobody is asked before a machine or a process fails.
void App::keep_drafts_when_due() {
  if (!keep_drafts_at_ || std::chrono::steady_clock::now() < *keep_drafts_at_)
    return;
  keep_drafts_at_.reset();
  controller_.keep_drafts();
}

void App::call_attention() {
  const auto mention = model_.take_mention();
  if (!mention)
    return;
  const auto called = attention_.call(*mention, Attention::Clock::now());
  if (!called)
    model_.tell(std::span(&called.error(), 1), wall_time());
  else if (*called == Attention::Ring::yes && !editor_)
    terminal_.ring();
}

void App::show_when_due() {
  model_.pass_time(wall_time());
  controller_.model_changed();
  const auto now = FramePacer::Time::clock::now();
  if (!pacer_.is_due(now))
    return;
  show();
  pacer_.drawn(now);
}

// Nothing while the terminal is another program's, in which the draft is being written.
void App::show() {
  if (editor_)
    return;
  terminal_.draw(compose(model_, controller_, terminal_.size()));
}

}  // namespace chat::client
