// The terminal, and the only part that knows curses.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "client/colours.hpp"
#include "client/key.hpp"
#include "client/screen.hpp"
#include "client/units.hpp"

namespace chat::client {

// Standard input and output as a full screen, from open() until its end; then, and also when the
// program crashes, the terminal is as it was before. One at a time, one thread. SIGWINCH must be
// blocked while it lives: whoever receives it calls resize(); and SIGTSTP: whoever receives it
// calls leave(), stops and calls come_back().
class Terminal {
 public:
  // Fails with a sentence when standard input or output is no terminal, or one that terminfo(5)
  // does not know, or that is known to have no full screen; changes nothing.
  static std::expected<void, std::string> check();
  // Fails as check() does. Precondition: use_utf8_locale().
  static std::expected<Terminal, std::string> open();
  Terminal(Terminal&&) noexcept;
  Terminal& operator=(Terminal&&) = delete;
  ~Terminal();

  // The file descriptor to poll for input.
  int input() const;
  // All keys that have been pressed and not read yet; does not wait.
  std::vector<Key> read_keys();

  Size size() const;
  // Takes over the size that the terminal has now.
  void resize();

  // Shows a picture of this size, sending what differs from the last one.
  void draw(const Screen& screen);
  // What was drawn last. Valid until the next is.
  const Screen& shown() const;
  // Whether clicks and the wheel come as keys, and not to the terminal's own selection.
  void use_mouse(bool wanted);
  // Where the user has chosen colours, these; otherwise those that suit the terminal.
  void use_colours(const Colours& chosen);
  void ring();
  // Forgets what is on the terminal, so that the next draw() repairs everything.
  void forget_picture();
  // Gives the terminal to another program; nothing may be read or drawn until come_back().
  void leave();
  void come_back();
  // To be called when this process goes on (SIGCONT), also where it was stopped without having left
  // the terminal (SIGSTOP). In the background it stops until the shell brings it to the foreground.
  void take_again();

 private:
  struct State;
  explicit Terminal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chat::client
