// Plays simulations of seeds, and shortens those that fail.

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

#include "tests/simulation/explain.hpp"
#include "tests/simulation/script.hpp"
#include "tests/simulation/script_text.hpp"
#include "tests/simulation/shorten.hpp"
#include "tests/simulation/statistics.hpp"
#include "tests/simulation/violation.hpp"
#include "tests/simulation/world.hpp"

namespace chat::sim {
namespace {

struct Seeds {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

// A script takes milliseconds, with sanitizers a second. What takes longer will not end, and its
// process is killed, as by an assertion; sooner where it was seen before that it may not end.
constexpr unsigned kMostSeconds = 60;
constexpr unsigned kMostSecondsAgain = 10;

// Whether the script fails, by a violation, by one of our own assertions, or since it does not end.
// In a process of its own, so that this one goes on.
bool fails(const Script& script) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(kMostSecondsAgain);
    // An assertion's sentence was shown once.
    [[maybe_unused]] FILE* const silent = std::freopen("/dev/null", "w", stderr);
    try {
      play(script);
    } catch (const Violation&) {
      std::_Exit(EXIT_FAILURE);
    }
    std::_Exit(EXIT_SUCCESS);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status != 0;
}

// What went wrong; nothing when all went well.
std::optional<std::string> violation_of(const Script& script, Statistics& statistics) {
  try {
    statistics.add(play(script).statistics);
  } catch (const Violation& violation) {
    return violation.what();
  }
  return std::nullopt;
}

// Where the child tells its parent what it is at, also when it dies of it.
class Progress {
 public:
  Progress()
      : seed_(static_cast<std::uint64_t*>(::mmap(nullptr, sizeof(std::uint64_t),
                                                 PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                                                 -1, 0))) {
    if (seed_ == MAP_FAILED)
      throw std::system_error(errno, std::generic_category(), "sharing memory");
  }
  ~Progress() { ::munmap(seed_, sizeof(std::uint64_t)); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  std::uint64_t& seed() { return *seed_; }

 private:
  std::uint64_t* seed_;
};

// The first seed that fails, if one does.
std::optional<std::uint64_t> first_failing(const Seeds& seeds, bool tells) {
  Progress progress;
  const pid_t child = ::fork();
  if (child == 0) {
    Statistics statistics;
    for (progress.seed() = seeds.first; progress.seed() <= seeds.last; ++progress.seed()) {
      ::alarm(kMostSeconds);
      if (const auto what = violation_of(make_script(progress.seed()), statistics)) {
        fmt::print(stderr, "seed {}: {}\n", progress.seed(), *what);
        std::_Exit(EXIT_FAILURE);
      }
    }
    if (tells)
      fmt::print(stderr, "{}", to_text(statistics));
    std::_Exit(EXIT_SUCCESS);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status == 0)
    return std::nullopt;
  if (WIFSIGNALED(status))
    fmt::print(stderr, "seed {}: {}\n", progress.seed(), ::strsignal(WTERMSIG(status)));
  return progress.seed();
}

// The failing script as it is pasted into scripts_test.cpp.
void print_shortened(const Script& script) {
  const Script shortened = shorten(script, fails);
  fmt::print("shortened from {} to {} steps:\n{}", script.steps.size(), shortened.steps.size(),
             to_literal(shortened));
}

int play_seeds(const Seeds& seeds, bool shortens, bool tells) {
  const auto begin = std::chrono::steady_clock::now();
  const auto failing = first_failing(seeds, tells);
  if (!failing) {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const std::uint64_t count = seeds.last - seeds.first + 1;
    fmt::print("{} seeds in {:.1f} s, {:.0f} per second, all well\n", count, took.count(),
               static_cast<double>(count) / took.count());
    return EXIT_SUCCESS;
  }
  fmt::print("seed {} fails\n", *failing);
  if (shortens)
    print_shortened(make_script(*failing));
  return EXIT_FAILURE;
}

// Says what happens, up to what should not have.
int explain(const Script& script, bool shortens) {
  const bool failing = fails(script);
  if (failing && shortens)
    print_shortened(script);
  ::alarm(kMostSeconds);
  try {
    sim::explain(script, [](std::string_view text) {
      fmt::print("{}", text);
      std::fflush(stdout);
    });
  } catch (const Violation& violation) {
    fmt::print("\n{}\n", violation.what());
  }
  return failing ? EXIT_FAILURE : EXIT_SUCCESS;
}

int explain_file(const std::string& name, bool shortens) {
  std::ifstream file(name);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto script = parse_script(text);
  if (!file || !script) {
    fmt::print(stderr, "simulation: {}: {}\n", name, script ? "cannot be read" : script.error());
    return 2;
  }
  return explain(*script, shortens);
}

int run(int argc, char** argv) {
  CLI::App app("Simulations of the server, each from a seed.", "simulation");
  Seeds seeds{.first = 1, .last = 1000};
  std::optional<std::uint64_t> seed;
  std::string file;
  bool shortens = true, prints = false, tells = false;
  app.add_option("--first", seeds.first, "The first seed")->capture_default_str();
  app.add_option("--last", seeds.last, "The last one")->capture_default_str();
  app.add_option("--seed", seed, "This one alone: say what happens");
  app.add_option("--script", file, "Play the steps in a file: say what happens");
  app.add_flag("!--as-it-is", shortens, "Do not shorten what fails");
  app.add_flag("--print", prints, "Print the steps of --seed instead of playing them");
  app.add_flag("--statistics", tells, "Say how often what is looked for was reached");
  CLI11_PARSE(app, argc, argv);
  if (!file.empty())
    return explain_file(file, shortens);
  if (!seed)
    return play_seeds(seeds, shortens, tells);
  if (!prints)
    return explain(make_script(*seed), shortens);
  fmt::print("{}", to_text(make_script(*seed)));
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace chat::sim

int main(int argc, char** argv) {
  return chat::sim::run(argc, argv);
}
