#include "client/answer_watch.hpp"

#include <algorithm>

namespace chat::client {

void AnswerWatch::asked(Time now) {
  if (!asked_)
    asked_ = now;
}

void AnswerWatch::heard(Time now) {
  *this = {};
  heard_ = now;
}

void AnswerWatch::hurry() {
  if (asked_)
    patience_ = kHurriedPatience;
}

bool AnswerWatch::is_quiet(Time now) const {
  return !asked_ && heard_ && now >= *due();
}

bool AnswerWatch::is_over(Time now) const {
  return asked_ && now >= *due();
}

std::optional<std::chrono::milliseconds> AnswerWatch::left(Time now) const {
  using std::chrono::milliseconds;
  const auto time = due();
  if (!time)
    return std::nullopt;
  return std::max(std::chrono::ceil<milliseconds>(*time - now), milliseconds::zero());
}

std::optional<AnswerWatch::Time> AnswerWatch::due() const {
  if (asked_)
    return *asked_ + patience_;
  if (heard_)
    return *heard_ + kQuietPatience;
  return std::nullopt;
}

}  // namespace chat::client
