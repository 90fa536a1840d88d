#include "client/answer_watch.hpp"

#include <doctest/doctest.h>

using namespace chat::client;
using namespace std::chrono_literals;

namespace {

constexpr AnswerWatch::Time kStart{};

}  // namespace

TEST_CASE("a server has ten seconds to answer") {
  AnswerWatch watch;
  CHECK_FALSE(watch.left(kStart).has_value());
  watch.asked(kStart);
  watch.asked(kStart + 5s);
  CHECK(watch.left(kStart + 5s) == 5s);
  CHECK_FALSE(watch.is_over(kStart + 9'999ms));
  CHECK(watch.is_over(kStart + 10s));
  CHECK(watch.left(kStart + 11s) == 0s);
}

TEST_CASE("an answer ends the wait, and the next one may take the whole time again") {
  AnswerWatch watch;
  watch.asked(kStart);
  watch.hurry();
  watch.heard(kStart + 1s);
  CHECK_FALSE(watch.is_waiting());
  CHECK_FALSE(watch.is_over(kStart + 60s));
  watch.asked(kStart + 60s);
  CHECK_FALSE(watch.is_hurried());
  CHECK(watch.left(kStart + 60s) == 10s);
}

TEST_CASE("whoever is in a hurry still gives the server a second") {
  AnswerWatch watch;
  watch.hurry();
  CHECK_FALSE(watch.is_hurried());
  watch.asked(kStart);
  watch.hurry();
  CHECK(watch.is_hurried());
  CHECK_FALSE(watch.is_over(kStart + 999ms));
  CHECK(watch.is_over(kStart + 1s));
}

TEST_CASE("a server that says nothing for twenty seconds is to be asked, once") {
  AnswerWatch watch;
  CHECK_FALSE(watch.is_quiet(kStart + 60s));
  watch.heard(kStart);
  watch.heard(kStart + 5s);
  CHECK(watch.left(kStart + 5s) == 20s);
  CHECK_FALSE(watch.is_quiet(kStart + 24'999ms));
  CHECK(watch.is_quiet(kStart + 25s));
  watch.asked(kStart + 25s);
  CHECK_FALSE(watch.is_quiet(kStart + 60s));
  CHECK(watch.left(kStart + 25s) == 10s);
}
