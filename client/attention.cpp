#include "client/attention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "client/detached.hpp"
#include "client/words.hpp"

namespace chat::client {
namespace {

// The environment cannot hold a zero byte.
std::string entry(std::string_view name, std::string value) {
  std::erase(value, '\0');
  return fmt::format("{}={}", name, value);
}

}  // namespace

std::expected<Attention::Ring, std::string> Attention::call(const Mention& mention,
                                                            Clock::time_point now) {
  constexpr std::chrono::seconds kPause{1};
  if (called_ && now - *called_ < kPause)
    return Ring::no;
  called_ = now;
  if (const auto command = words_of(wishes_.command); !command.empty()) {
    const auto started = run_detached(
        command, {entry("EDGECHAT_FROM", mention.from), entry("EDGECHAT_ROOM", mention.room),
                  entry("EDGECHAT_TEXT", mention.text)});
    if (!started) {
      wishes_.command.clear();
      return std::unexpected(started.error());
    }
  }
  return wishes_.bell ? Ring::yes : Ring::no;
}

}  // namespace chat::client
