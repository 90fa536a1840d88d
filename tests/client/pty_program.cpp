#include "tests/client/pty_program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utmp.h>

#include <cassert>
#include <cstdio>
#include <regex>
#include <utility>

#include "libchat/utf8.hpp"

namespace chat::test {
namespace {

winsize window(int columns, int rows) {
  return {static_cast<unsigned short>(rows), static_cast<unsigned short>(columns), 0, 0};
}

// The right half of a wide character.
bool is_covered(const VTermScreenCell& cell) {
  return cell.chars[0] == static_cast<std::uint32_t>(-1);
}

// libvterm 0.1 heeds the first of several modes that are set at once, as ncurses sets those of the
// mouse, and no other.
std::string with_modes_apart(std::string output) {
  static const std::regex kTwoModes("\033\\[\\?([0-9]+);([0-9]+)([hl])");
  constexpr std::string_view kMouse = "\033[?1006;";
  return output.find(kMouse) == output.npos
             ? std::move(output)
             : std::regex_replace(output, kTwoModes, "\033[?$1$3\033[?$2$3");
}

// Where a control sequence begins that goes on in what comes next; the end without one.
std::size_t begin_of_rest(std::string_view output) {
  const std::size_t escape = output.rfind('\033');
  const bool goes_on =
      escape != output.npos && output.find_first_not_of("[?;0123456789", escape + 1) == output.npos;
  return goes_on ? escape : output.size();
}

std::string text_of(const VTermScreenCell& cell) {
  if (is_covered(cell))
    return "";
  if (cell.chars[0] == 0)
    return " ";
  std::string text;
  for (const std::uint32_t c : cell.chars) {
    if (c == 0)
      break;
    append_utf8(text, c);
  }
  return text;
}

}  // namespace

PtyProgram::PtyProgram(const std::vector<std::string>& arguments, int columns, int rows,
                       std::filesystem::path state_home)
    : state_home_(state_home.empty() ? home_.path() / "state" : std::move(state_home)),
      terminal_(open_terminal(columns, rows)),
      emulator_(vterm_new(rows, columns)),
      screen_(vterm_obtain_screen(emulator_.get())),
      child_(start(arguments)) {
  static constexpr VTermScreenCallbacks kCallbacks{.damage = nullptr,
                                                   .moverect = nullptr,
                                                   .movecursor = nullptr,
                                                   .settermprop = on_property,
                                                   .bell = on_bell,
                                                   .resize = nullptr,
                                                   .sb_pushline = nullptr,
                                                   .sb_popline = nullptr};
  vterm_set_utf8(emulator_.get(), 1);
  vterm_screen_enable_altscreen(screen_, 1);
  vterm_screen_set_callbacks(screen_, &kCallbacks, &state_);
  vterm_screen_reset(screen_, 1);
}

PtyProgram::~PtyProgram() = default;

PtyProgram::Terminal PtyProgram::open_terminal(int columns, int rows) {
  int ours = -1;
  int theirs = -1;
  const winsize size = window(columns, rows);
  [[maybe_unused]] const int status = ::openpty(&ours, &theirs, nullptr, nullptr, &size);
  assert(status == 0);
  ::fcntl(ours, F_SETFD, FD_CLOEXEC);
  ::fcntl(theirs, F_SETFD, FD_CLOEXEC);
  return {net::UniqueFd(ours), net::UniqueFd(theirs)};
}

pid_t PtyProgram::start(const std::vector<std::string>& arguments) const {
  // Or the child would write it once more.
  std::fflush(nullptr);
  const Program program(
      arguments, {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=" + home_.path().string(),
                  "XDG_STATE_HOME=" + state_home_.string(), "XDG_CONFIG_HOME", "COLUMNS", "LINES"});
  const pid_t pid = ::fork();
  if (pid != 0)
    return pid;
  die_with_parent();
  // It closes the descriptor that it is given.
  ::login_tty(::dup(terminal_.theirs.get()));
  program.execute();
}

int PtyProgram::on_property(VTermProp property, VTermValue* value, void* state) {
  auto& known = *static_cast<State*>(state);
  if (property == VTERM_PROP_ALTSCREEN)
    known.alternate_screen = value->boolean != 0;
  if (property == VTERM_PROP_CURSORVISIBLE)
    known.cursor_visible = value->boolean != 0;
  if (property == VTERM_PROP_MOUSE)
    known.mouse_taken = value->number != VTERM_PROP_MOUSE_NONE;
  return 1;
}

int PtyProgram::on_bell(void* state) {
  ++static_cast<State*>(state)->bells;
  return 1;
}

void PtyProgram::type(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(terminal_.ours.get(), bytes.data(), bytes.size());
    if (written <= 0)
      return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void PtyProgram::resize(int columns, int rows) {
  vterm_set_size(emulator_.get(), rows, columns);
  forget_margins();
  const winsize size = window(columns, rows);
  ::ioctl(terminal_.ours.get(), TIOCSWINSZ, &size);
}

// libvterm 0.1 keeps them at a resize, even below the last row, and crashes when something scrolls
// there. Terminals forget them. To set them moves the cursor.
void PtyProgram::forget_margins() {
  const ScreenCursor at = cursor();
  const std::string sequences =
      "\033[r\033[" + std::to_string(at.row + 1) + ";" + std::to_string(at.column + 1) + "H";
  vterm_input_write(emulator_.get(), sequences.data(), sequences.size());
}

std::string PtyProgram::screen(std::string_view cursor_mark) const {
  const ScreenCursor marked = cursor();
  int rows = 0;
  int columns = 0;
  vterm_get_size(emulator_.get(), &rows, &columns);
  std::string all;
  for (int row = 0; row < rows; ++row) {
    std::string text;
    for (int column = 0; column < columns; ++column) {
      VTermScreenCell cell;
      vterm_screen_get_cell(screen_, {row, column}, &cell);
      if (marked == ScreenCursor{row, column})
        text += cursor_mark;
      text += text_of(cell);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    all += text + "\n";
  }
  return all;
}

std::optional<PtyProgram::Look> PtyProgram::look_of(std::string_view text) const {
  int rows = 0;
  int columns = 0;
  vterm_get_size(emulator_.get(), &rows, &columns);
  for (VTermPos at{0, 0}; at.row < rows; ++at.row) {
    for (at.col = 0; at.col < columns; ++at.col) {
      std::string here;
      VTermScreenCell first;
      vterm_screen_get_cell(screen_, at, &first);
      for (VTermPos next = at; next.col < columns && here.size() < text.size(); ++next.col) {
        VTermScreenCell cell;
        vterm_screen_get_cell(screen_, next, &cell);
        here += text_of(cell);
      }
      if (here == text)
        return Look{first.attrs.bold != 0, first.attrs.underline != 0, first.attrs.reverse != 0,
                    !VTERM_COLOR_IS_DEFAULT_FG(&first.fg),
                    VTERM_COLOR_IS_INDEXED(&first.fg) ? first.fg.indexed.idx : 0};
    }
  }
  return std::nullopt;
}

std::vector<std::vector<PtyProgram::DrawnCell>> PtyProgram::cells() const {
  int rows = 0;
  int columns = 0;
  vterm_get_size(emulator_.get(), &rows, &columns);
  const auto rgb = [this](VTermColor colour) {
    vterm_screen_convert_color_to_rgb(screen_, &colour);
    return std::uint32_t{colour.rgb.red} << 16 | std::uint32_t{colour.rgb.green} << 8 |
           colour.rgb.blue;
  };
  std::vector<std::vector<DrawnCell>> all(static_cast<std::size_t>(rows));
  for (VTermPos at{0, 0}; at.row < rows; ++at.row)
    for (at.col = 0; at.col < columns; ++at.col) {
      VTermScreenCell cell;
      vterm_screen_get_cell(screen_, at, &cell);
      std::uint32_t foreground = rgb(cell.fg);
      std::uint32_t background = rgb(cell.bg);
      if (cell.attrs.reverse != 0)
        std::swap(foreground, background);
      all[static_cast<std::size_t>(at.row)].push_back(
          {text_of(cell), foreground, background, cell.attrs.bold != 0, cell.attrs.underline != 0});
    }
  return all;
}

ScreenCursor PtyProgram::cursor() const {
  VTermPos position;
  vterm_state_get_cursorpos(vterm_obtain_state(emulator_.get()), &position);
  return {position.row, position.col};
}

// The emulator gives no answer but what it would send at a paste.
bool PtyProgram::tells_pastes() const {
  std::string sent(64, '\0');
  while (vterm_output_read(emulator_.get(), sent.data(), sent.size()) > 0) {
  }
  vterm_keyboard_start_paste(emulator_.get());
  return vterm_output_read(emulator_.get(), sent.data(), sent.size()) > 0;
}

termios PtyProgram::modes() const {
  termios modes{};
  ::tcgetattr(terminal_.theirs.get(), &modes);
  return modes;
}

bool PtyProgram::shows(std::string_view part, Deadline deadline) {
  return read_until([&] { return screen().find(part) != std::string::npos; }, deadline);
}

bool PtyProgram::shows(std::string_view part) {
  const bool is_shown = shows(part, Deadline());
  if (!is_shown)
    MESSAGE("Instead of ", std::string(part), " is shown:\n", screen());
  return is_shown;
}

std::optional<int> PtyProgram::wait_for_exit(Deadline deadline) {
  // In slices: its end is no event of the terminal, which we hold open ourselves.
  while (child_.running() && !deadline.passed())
    read_some(Deadline(milliseconds(10)));
  while (read_some(Deadline(milliseconds(0)))) {
  }
  return child_.wait_for_exit(deadline);
}

void PtyProgram::emulate(std::string output) {
  output.insert(0, std::exchange(unread_, {}));
  const std::size_t end = begin_of_rest(output);
  unread_ = output.substr(end);
  output = with_modes_apart(output.substr(0, end));
  int rows = 0;
  int columns = 0;
  vterm_get_size(emulator_.get(), &rows, &columns);
  // libvterm 0.1 crashes on a wide glyph in a single column, which a program may still send that
  // has not noticed yet how narrow its terminal has become.
  if (columns == 1)
    std::erase_if(output, [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; });
  vterm_input_write(emulator_.get(), output.data(), output.size());
}

bool PtyProgram::read_some(Deadline deadline) {
  pollfd entry{terminal_.ours.get(), POLLIN, 0};
  if (::poll(&entry, 1, deadline.poll_timeout()) <= 0)
    return false;
  std::string piece(16 * 1024, '\0');
  const ssize_t size = ::read(terminal_.ours.get(), piece.data(), piece.size());
  if (size <= 0)
    return false;
  piece.resize(static_cast<std::size_t>(size));
  emulate(std::move(piece));
  return true;
}

}  // namespace chat::test
