#include "bench/load/histogram.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using chat::bench::Duration;
using chat::bench::Histogram;

TEST_CASE("a histogram of nothing has zeros") {
  const Histogram histogram;
  CHECK(histogram.count() == 0);
  CHECK(histogram.quantile(0.5) == Duration(0));
  CHECK(histogram.max() == Duration(0));
}

TEST_CASE("small values are exact") {
  Histogram histogram;
  for (int value = 1; value <= 100; ++value)
    histogram.record(Duration(value));
  CHECK(histogram.quantile(0) == Duration(1));
  CHECK(histogram.quantile(0.5) == Duration(50));
  CHECK(histogram.quantile(0.99) == Duration(99));
  CHECK(histogram.quantile(0.999) == Duration(100));
  CHECK(histogram.quantile(1) == Duration(100));
}

TEST_CASE("any value is known to within a hundredth, and never understated") {
  for (std::int64_t value = 1; value < std::int64_t{1} << 61; value = value * 5 / 3 + 1) {
    Histogram histogram;
    histogram.record(Duration(value));
    histogram.record(Duration(std::int64_t{1} << 62));
    const auto found = histogram.quantile(0.5).count();
    CHECK(found >= value);
    CHECK(static_cast<double>(found) <= static_cast<double>(value) * 1.01);
  }
}

TEST_CASE("the largest value is exact") {
  Histogram histogram;
  histogram.record(Duration(123'456'789));
  CHECK(histogram.max() == Duration(123'456'789));
  CHECK(histogram.quantile(1) == Duration(123'456'789));
  CHECK(histogram.quantile(0.5) == Duration(123'456'789));
}

TEST_CASE("a negative duration counts as zero") {
  Histogram histogram;
  histogram.record(Duration(-5));
  CHECK(histogram.count() == 1);
  CHECK(histogram.quantile(1) == Duration(0));
}
