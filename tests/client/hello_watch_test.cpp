#include "client/hello_watch.hpp"

#include <doctest/doctest.h>

using namespace chat::client;
using namespace std::chrono_literals;

namespace {

constexpr HelloWatch::Time kStart{};

}  // namespace

TEST_CASE("a server has ten seconds to answer a hello") {
  HelloWatch watch;
  CHECK_FALSE(watch.left(kStart).has_value());
  watch.waits(true, kStart);
  watch.waits(true, kStart + 5s);
  CHECK(watch.left(kStart + 5s) == 5s);
  CHECK_FALSE(watch.is_over(kStart + 9'999ms));
  CHECK(watch.is_over(kStart + 10s));
  CHECK(watch.left(kStart + 11s) == 0s);
}

TEST_CASE("an answer ends the watch, and the next hello has the whole time again") {
  HelloWatch watch;
  watch.waits(true, kStart);
  watch.hurry();
  watch.waits(false, kStart + 1s);
  CHECK_FALSE(watch.is_over(kStart + 60s));
  watch.waits(true, kStart + 60s);
  CHECK_FALSE(watch.is_hurried());
  CHECK(watch.left(kStart + 60s) == 10s);
}

TEST_CASE("whoever is in a hurry still gives the server a second") {
  HelloWatch watch;
  watch.hurry();
  CHECK_FALSE(watch.is_hurried());
  watch.waits(true, kStart);
  watch.hurry();
  CHECK(watch.is_hurried());
  CHECK_FALSE(watch.is_over(kStart + 999ms));
  CHECK(watch.is_over(kStart + 1s));
}
