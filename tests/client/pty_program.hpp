// A program in a pseudo-terminal, as a person has it in front of them.
#pragma once

#include <termios.h>
#include <vterm.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/unique_fd.hpp"
#include "tests/support/child.hpp"
#include "tests/support/deadline.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chat::test {

struct ScreenCursor {
  int row;
  int column;
  bool operator==(const ScreenCursor&) const = default;
};

// Starts a program with a terminal of its own, and reads all it writes with a terminal emulator
// (libvterm; TERM is xterm-256color). Its home is a folder of its own. Ends with its owner. One
// thread.
class PtyProgram {
 public:
  // `state_home` is where it keeps its state (XDG_STATE_HOME); without one, it is in its home.
  PtyProgram(const std::vector<std::string>& arguments, int columns, int rows,
             std::filesystem::path state_home = {});
  ~PtyProgram();
  PtyProgram(const PtyProgram&) = delete;
  PtyProgram& operator=(const PtyProgram&) = delete;

  // As if typed; "\r" is Enter, "\x1B" begins what a function key sends.
  void type(std::string_view bytes);
  void resize(int columns, int rows);
  void signal(int number) const { child_.signal(number); }
  // Of its process, while it runs.
  pid_t pid() const { return child_.pid(); }
  // Closes the terminal, as a window is closed. Nothing more can be typed or shown.
  void hang_up() { terminal_ = {}; }

  // What stands on the screen: rows without blanks at the end, each with a line break. In a single
  // column only ASCII is shown. A mark for the cursor stands before the cell where it is.
  std::string screen(std::string_view cursor_mark = {}) const;
  ScreenCursor cursor() const;
  // How the first place where this stands on the screen looks; nothing when it stands nowhere.
  struct Look {
    bool is_bold;
    bool is_underlined;
    bool is_reversed;
    bool has_own_colour;  // not the terminal's usual one
    int colour;           // its number, when it has one; otherwise 0
    bool operator==(const Look&) const = default;
  };
  std::optional<Look> look_of(std::string_view text) const;
  // The whole screen, row by row; a wide glyph is followed by a cell without text.
  struct DrawnCell {
    std::string text;
    std::uint32_t foreground;  // 0xRRGGBB
    std::uint32_t background;
    bool is_bold;
    bool is_underlined;
  };
  std::vector<std::vector<DrawnCell>> cells() const;
  // Whether the program shows its own picture instead of the shell's.
  bool full_screen() const { return state_.alternate_screen; }
  bool cursor_visible() const { return state_.cursor_visible; }
  // Whether the program wants to be told of clicks.
  bool mouse_taken() const { return state_.mouse_taken; }
  // Whether the program wants to be told what is pasted ("bracketed paste").
  bool tells_pastes() const;
  // How often it has rung so far.
  int bells() const { return state_.bells; }
  // The line discipline's settings.
  termios modes() const;

  // Reads what the program writes until `reached()` or the deadline; returns whether.
  template <class Predicate>
  bool read_until(Predicate&& reached, Deadline deadline = Deadline()) {
    while (!reached())
      if (!read_some(deadline))
        return reached();
    return true;
  }
  bool shows(std::string_view part, Deadline deadline);
  // With the usual patience; when that ends, what is shown instead goes to the test's log.
  bool shows(std::string_view part);
  // Reads all it writes until it ends; see Child.
  std::optional<int> wait_for_exit(Deadline deadline = Deadline());

 private:
  struct Terminal {
    net::UniqueFd ours;
    net::UniqueFd theirs;  // kept open, so that its settings outlive the program
  };
  struct State {
    bool alternate_screen = false;
    bool cursor_visible = true;
    bool mouse_taken = false;
    int bells = 0;
  };
  struct FreeEmulator {
    void operator()(VTerm* emulator) const { vterm_free(emulator); }
  };

  static Terminal open_terminal(int columns, int rows);
  static int on_property(VTermProp property, VTermValue* value, void* state);
  static int on_bell(void* state);
  pid_t start(const std::vector<std::string>& arguments) const;
  // Waits for output and takes it; false at the deadline.
  bool read_some(Deadline deadline);
  void emulate(std::string output);
  void forget_margins();

  TemporaryFolder home_;
  std::filesystem::path state_home_;
  Terminal terminal_;
  std::unique_ptr<VTerm, FreeEmulator> emulator_;
  VTermScreen* screen_;  // belongs to emulator_
  State state_;
  std::string unread_;  // the begin of a control sequence
  Child child_;
};

}  // namespace chat::test
