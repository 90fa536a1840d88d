#include "client/terminal.hpp"

#define NCURSES_NOMACROS
#include <curses.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "client/crash_guard.hpp"
#include "client/key_reader.hpp"
#include "client/palette.hpp"
#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

// How long after an escape the rest of a key's sequence may come, in milliseconds.
constexpr int kEscapeDelay = 25;

// Pairs of colours, by number (curses: init_pair(3)).
enum ColourPair : short {
  kEvent = 1,
  kNotice,
  kOwn,
  kWhisper,
  kError,
  kAlert,
  kMention,
  kFirstName
};

// https://no-color.org
bool refuses_colours() {
  const char* value = std::getenv("NO_COLOR");
  return value != nullptr && *value != '\0';
}

// Nothing when none are to be used.
std::optional<Palette> palette_of_terminal(const Colours& chosen) {
  return refuses_colours() || !::has_colors() ? std::nullopt : palette_for(COLORS, chosen);
}

void set_up_pairs(const std::optional<Palette>& palette) {
  if (!palette)
    return;
  ::init_pair(kEvent, palette->event, -1);
  ::init_pair(kNotice, palette->notice, -1);
  ::init_pair(kOwn, palette->own, -1);
  ::init_pair(kWhisper, palette->whisper, -1);
  ::init_pair(kError, palette->error, -1);
  ::init_pair(kAlert, palette->alert, -1);
  ::init_pair(kMention, palette->mention, -1);
  short pair = kFirstName;
  for (const short colour : palette->names)
    ::init_pair(pair++, colour, -1);
}

void set_up_modes() {
  ::raw();  // Ctrl-C and Ctrl-Z are keys
  ::noecho();
  ::nonl();
  ::intrflush(stdscr, FALSE);
  ::keypad(stdscr, TRUE);
  ::nodelay(stdscr, TRUE);
  ::set_escdelay(kEscapeDelay);
  // Or a press would wait to see whether it becomes a click.
  ::mouseinterval(0);
}

struct Look {
  attr_t attributes;
  short colours;
};

Look look_of(Style style) {
  switch (style) {
    case Style::normal:
      return {A_NORMAL, 0};
    case Style::bar:
      return {A_REVERSE, 0};
    case Style::bar_front:
      return {A_REVERSE | A_BOLD, 0};
    case Style::bar_alert:
      return {A_REVERSE | A_BOLD, kAlert};
    case Style::frame:
    case Style::dim:
      return {A_DIM, 0};
    case Style::event:
      return {A_NORMAL, kEvent};
    case Style::notice:
      return {A_NORMAL, kNotice};
    case Style::own:
      return {A_BOLD, kOwn};
    case Style::whisper:
      return {A_BOLD, kWhisper};
    case Style::error:
      return {A_BOLD, kError};
    case Style::mention:
      return {A_BOLD, kMention};
    case Style::hit:
      return {A_REVERSE, 0};
  }
  return {A_NORMAL, 0};
}

// Without a palette everything has the terminal's own colours.
Look look_of(const Ink& ink, const std::optional<Palette>& palette) {
  Look look = look_of(ink.style);
  if (!palette)
    look.colours = 0;
  else if (ink.name != NameColour{})
    look.colours = static_cast<short>(kFirstName + palette->index_of(ink.name));
  if (ink.is_link)
    look.attributes |= A_UNDERLINE;
  return look;
}

std::wstring to_wide(std::string_view text) {
  std::wstring wide;
  while (!text.empty()) {
    const auto [c, bytes] = first_code_point(text);
    wide.push_back(static_cast<wchar_t>(c));
    text.remove_prefix(bytes);
  }
  return wide;
}

void draw_cell(ScreenPosition at, const Cell& cell, const std::optional<Palette>& palette) {
  const auto [attributes, colours] = look_of(cell.ink, palette);
  ::wattr_set(stdscr, attributes, colours, nullptr);
  const std::wstring text = to_wide(cell.text);
  // The result says ERR for the last cell of the screen, although it is drawn.
  ::wmove(stdscr, at.row.value, at.column.value);
  ::waddnwstr(stdscr, text.data(), static_cast<int>(text.size()));
}

// That a terminal says what is pasted, and no longer (xterm: "bracketed paste mode"). One that does
// not know it ignores it.
constexpr std::string_view kTellPastes = "\033[?2004h";
constexpr std::string_view kDoNotTellPastes = "\033[?2004l";

// For when curses can no longer be asked (xterm: "mouse tracking", "SGR").
constexpr std::string_view kDoNotTellMouse = "\033[?1006l\033[?1000l";

// What curses knows nothing of. It keeps nothing in a buffer between its calls.
void write_to_terminal(std::string_view sequence) {
  [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, sequence.data(), sequence.size());
}

void draw_row(const Screen& screen, Rows row, const std::optional<Palette>& palette) {
  for (Columns column; column < screen.size().width; column += Columns{1}) {
    const ScreenPosition at{row, column};
    if (!screen.at(at).text.empty())
      draw_cell(at, screen.at(at), palette);
  }
}

// Curses leaves SIGTSTP to a program that has a handler for it. Otherwise it would ignore the
// signal while it draws, also one that has come before, and at other times leave the terminal, but
// not all that it knows nothing of.
SCREEN* new_screen() {
  struct sigaction handled{};
  handled.sa_handler = [](int) {};
  struct sigaction before{};
  ::sigaction(SIGTSTP, &handled, &before);
  SCREEN* const screen = ::newterm(nullptr, stdout, stdin);
  ::sigaction(SIGTSTP, &before, nullptr);
  return screen;
}

// What tigetstr(3) gives, which is -1 when there is no such name.
bool is_capability(const char* sequence) {
  return sequence != nullptr && sequence != reinterpret_cast<const char*>(-1);
}

// What a terminal needs to leave the full screen, for when curses can no longer be asked.
std::string leaving_sequences() {
  std::string all(kDoNotTellPastes);
  all += kDoNotTellMouse;
  for (const char* name : {"sgr0", "rmkx", "cnorm", "rmcup"}) {
    const char* sequence = ::tigetstr(name);
    if (is_capability(sequence))
      all += sequence;
  }
  return all;
}

}  // namespace

struct Terminal::State {
  SCREEN* screen = nullptr;
  std::optional<CrashGuard> guard;
  std::optional<Palette> palette;
  Screen shown{Size{}};  // what curses was told last
  KeyReader keys;
};

std::expected<void, std::string> Terminal::check() {
  if (!::isatty(STDIN_FILENO) || !::isatty(STDOUT_FILENO))
    return std::unexpected("standard input and output must be a terminal");
  int found = 0;
  if (::setupterm(nullptr, STDOUT_FILENO, &found) != OK) {
    const char* name = std::getenv("TERM");
    return std::unexpected(
        fmt::format("the terminal '{}' is not known here; is TERM right?", name ? name : ""));
  }
  const bool has_screen = is_capability(::tigetstr("cup")) && is_capability(::tigetstr("clear"));
  ::del_curterm(cur_term);
  if (!has_screen)
    return std::unexpected(fmt::format(
        "the terminal '{}' has no full screen; use --plain for lines alone", std::getenv("TERM")));
  return {};
}

std::expected<Terminal, std::string> Terminal::open() {
  if (auto usable = check(); !usable)
    return std::unexpected(std::move(usable.error()));
  termios modes{};
  ::tcgetattr(STDOUT_FILENO, &modes);
  auto state = std::make_unique<State>();
  state->screen = new_screen();
  if (state->screen == nullptr)
    return std::unexpected("the terminal cannot be used");
  state->guard.emplace(modes, leaving_sequences());
  set_up_modes();
  if (::has_colors()) {
    ::start_color();
    ::use_default_colors();
  }
  define_extra_keys();
  write_to_terminal(kTellPastes);
  Terminal terminal(std::move(state));
  terminal.use_colours({});
  return terminal;
}

Terminal::Terminal(std::unique_ptr<State> state) : state_(std::move(state)) {}

Terminal::Terminal(Terminal&&) noexcept = default;

Terminal::~Terminal() {
  if (!state_)
    return;
  write_to_terminal(kDoNotTellPastes);
  ::endwin();
  state_->guard.reset();
  ::delscreen(state_->screen);
}

int Terminal::input() const {
  return STDIN_FILENO;
}

std::vector<Key> Terminal::read_keys() {
  return state_->keys.read_all();
}

Size Terminal::size() const {
  return {Columns{::getmaxx(stdscr)}, Rows{::getmaxy(stdscr)}};
}

void Terminal::resize() {
  winsize now{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &now) == 0 && now.ws_row > 0 && now.ws_col > 0)
    ::resize_term(now.ws_row, now.ws_col);
  // What a terminal does to its content when its size changes is its own business.
  forget_picture();
}

void Terminal::draw(const Screen& screen) {
  const bool is_other_size = screen.size() != state_->shown.size();
  if (is_other_size)
    ::werase(stdscr);
  for (Rows row; row < screen.size().height; row += Rows{1})
    if (is_other_size || !screen.has_same_row(state_->shown, row))
      draw_row(screen, row, state_->palette);
  state_->shown = screen;
  ::wmove(stdscr, screen.cursor().row.value, screen.cursor().column.value);
  ::wrefresh(stdscr);
}

void Terminal::use_colours(const Colours& chosen) {
  state_->palette = palette_of_terminal(chosen);
  set_up_pairs(state_->palette);
  state_->shown = Screen{Size{}};
}

void Terminal::ring() {
  ::beep();
}

const Screen& Terminal::shown() const {
  return state_->shown;
}

void Terminal::use_mouse(bool wanted) {
  ::mousemask(wanted ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, nullptr);
}

void Terminal::forget_picture() {
  ::clearok(stdscr, TRUE);
}

void Terminal::leave() {
  write_to_terminal(kDoNotTellPastes);
  ::endwin();
}

void Terminal::come_back() {
  resize();
  ::wrefresh(stdscr);
  write_to_terminal(kTellPastes);
}

// The modes come first: they are what stops a process in the background, and nothing may be written
// from there. Whoever had the terminal meanwhile may have left the full screen or not; leaving it
// and coming back is right for both.
void Terminal::take_again() {
  ::reset_prog_mode();
  ::endwin();
  resize();
  ::wrefresh(stdscr);
  write_to_terminal(kTellPastes);
}

}  // namespace chat::client
