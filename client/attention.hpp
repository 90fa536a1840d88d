// Calls a user who is not looking.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "client/mention.hpp"

namespace chat::client {

// How the user wants to be called.
struct AttentionWishes {
  bool bell = false;
  std::string command{};  // a program and its arguments between spaces; no shell reads them
};

// Rings the terminal's bell, or runs a command of the user's, or neither, which is the default; for
// one message a second at most. A plain value.
class Attention {
 public:
  using Clock = std::chrono::steady_clock;

  enum class Ring { no, yes };

  explicit Attention(AttentionWishes wishes = {}) : wishes_(std::move(wishes)) {}

  // Runs the command, which finds the message in EDGECHAT_FROM, EDGECHAT_ROOM and EDGECHAT_TEXT of
  // its environment; whether the caller should ring the bell. Fails with a sentence when the
  // command cannot be run, and does not try it again.
  std::expected<Ring, std::string> call(const Mention& mention, Clock::time_point now);

 private:
  AttentionWishes wishes_;
  std::optional<Clock::time_point> called_;
};

}  // namespace chat::client
