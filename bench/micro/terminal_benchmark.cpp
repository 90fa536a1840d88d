// Microbenchmark: a frame of the client, from the model to the terminal.

#include <benchmark/benchmark.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

#include "bench/micro/full_room.hpp"
#include "client/controller.hpp"
#include "client/locale.hpp"
#include "client/terminal.hpp"
#include "client/view.hpp"
#include "net/unique_fd.hpp"

namespace chat::client {
namespace {

// A pseudo-terminal is standard input and output as long as this lives. What is written to it is
// read by a thread of its own, and counted.
class OwnTerminal {
 public:
  explicit OwnTerminal(Size size) : input_(::dup(STDIN_FILENO)), output_(::dup(STDOUT_FILENO)) {
    std::cout.flush();
    std::fflush(stdout);
    const winsize window{static_cast<unsigned short>(size.height.value),
                         static_cast<unsigned short>(size.width.value), 0, 0};
    int screen = -1;
    int program = -1;
    if (::openpty(&screen, &program, nullptr, nullptr, &window) != 0)
      throw std::runtime_error("there is no pseudo-terminal");
    screen_ = net::UniqueFd(screen);
    ::dup2(program, STDIN_FILENO);
    ::dup2(program, STDOUT_FILENO);
    ::close(program);
    reader_ = std::jthread([this] { read_all(); });
  }
  OwnTerminal(const OwnTerminal&) = delete;
  OwnTerminal& operator=(const OwnTerminal&) = delete;
  ~OwnTerminal() { give_back(); }

  // How much was written in all. Nothing can be written any more.
  std::uint64_t give_back() {
    if (reader_.joinable()) {
      ::dup2(input_.get(), STDIN_FILENO);
      ::dup2(output_.get(), STDOUT_FILENO);
      reader_.join();
    }
    return bytes_;
  }

 private:
  // Until nobody can write to it any more.
  void read_all() {
    std::array<char, 64 * 1024> piece;
    for (ssize_t count; (count = ::read(screen_.get(), piece.data(), piece.size())) > 0;)
      bytes_ += static_cast<std::uint64_t>(count);
  }

  net::UniqueFd input_;
  net::UniqueFd output_;
  net::UniqueFd screen_;
  std::uint64_t bytes_ = 0;  // the thread's, while it runs
  std::jthread reader_;
};

// As the client does it at the start.
void set_up_process() {
  ::setenv("TERM", "xterm-256color", 1);
  use_utf8_locale();
  sigset_t resized;
  ::sigemptyset(&resized);
  ::sigaddset(&resized, SIGWINCH);
  ::pthread_sigmask(SIG_BLOCK, &resized, nullptr);
}

// A screen full of messages, each of which begins elsewhere in the text than the one before: a row
// that differs by a few characters at its start is not drawn anew. `begin` is of the last one.
void post_screenful(FullRoom& room, Rows rows, std::size_t& begin) {
  constexpr std::size_t kStep = 37;
  for (Rows row; row < rows; row += Rows{1}) {
    begin = (begin + kStep) % kEnglish.size();
    room.post(std::string(kEnglish.substr(begin)));
  }
}

// Each frame shows nothing of the one before, as in a flood: what only moved would be moved by the
// terminal.
void draw_full_room(benchmark::State& state) {
  set_up_process();
  FullRoom room;
  const Controller controller(room.model());
  const Size size{Columns{static_cast<int>(state.range(0))},
                  Rows{static_cast<int>(state.range(1))}};
  OwnTerminal own(size);
  {
    auto terminal = Terminal::open();
    if (!terminal)
      return state.SkipWithError(terminal.error().c_str());
    std::size_t begin = 0;
    for (auto _ : state) {
      state.PauseTiming();
      post_screenful(room, size.height, begin);
      state.ResumeTiming();
      terminal->draw(compose(room.model(), controller, size));
    }
  }
  state.counters["bytes_per_frame"] =
      benchmark::Counter(static_cast<double>(own.give_back()), benchmark::Counter::kAvgIterations);
}
BENCHMARK(draw_full_room)->Args({80, 24})->Args({120, 40})->ArgNames({"columns", "rows"});

}  // namespace
}  // namespace chat::client
