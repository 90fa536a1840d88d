// Whether the server still answers.
#pragma once

#include <chrono>
#include <optional>

#include "client/patience.hpp"

namespace chat::client {

// Watches a connection: how long nothing has come from it, and how long an answer is awaited. A
// plain value.
class AnswerWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // The server was greeted, or asked for a sign of life. No effect while an answer is awaited.
  void asked(Time now);
  // It has answered the hello, or has said anything since.
  void heard(Time now);

  bool is_waiting() const { return asked_.has_value(); }
  // The user does not want to wait. No effect while nothing is awaited.
  void hurry();
  bool is_hurried() const { return asked_ && patience_ == kHurriedPatience; }

  // Whether it has been quiet for so long that it should be asked.
  bool is_quiet(Time now) const;
  // Whether it has had its time to answer.
  bool is_over(Time now) const;
  // Until one of these, never negative; nothing before the hello.
  std::optional<std::chrono::milliseconds> left(Time now) const;

 private:
  std::optional<Time> due() const;

  std::optional<Time> asked_;  // while an answer is awaited
  std::optional<Time> heard_;
  std::chrono::milliseconds patience_ = kAnswerPatience;
};

}  // namespace chat::client
