#include "client/key_hints.hpp"

#include <fmt/format.h>

#include <array>

namespace chat::client {
namespace {

struct Hint {
  std::string_view action;
  std::string_view what;
};

constexpr std::array kHints = {
    Hint{"complete", "completes"},
    Hint{"up", "goes to what you entered before"},
    Hint{"page-up", "scrolls up"},
    Hint{"page-down", "scrolls down"},
    Hint{"now", "goes back to what is being said"},
    Hint{"room-news", "shows what is new"},
    Hint{"room-next", "shows the next room"},
    Hint{"try-now", "tries a lost connection again"},
    Hint{"quit", "quits"},
};

}  // namespace

std::string key_for(std::string_view action, const Bindings& bindings) {
  return bindings.key_of(*action_named(action));
}

std::string keys_in_help(const Bindings& bindings) {
  std::string hints;
  for (const auto& [action, what] : kHints)
    if (const std::string key = key_for(action, bindings); !key.empty())
      hints += fmt::format("{}{} {}", hints.empty() ? "" : ", ", key, what);
  return hints.empty() ? "/keys lists all keys." : fmt::format("Keys: {}. /keys lists all.", hints);
}

}  // namespace chat::client
