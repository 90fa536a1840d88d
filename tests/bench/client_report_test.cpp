#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/client.hpp"

using namespace chat::bench;
using namespace std::chrono_literals;

namespace {

ClientTyping typing(Duration echo) {
  ClientTyping typing;
  typing.echo.record(echo);
  return typing;
}

// Nothing is wrong with it.
ClientResult usual() {
  ClientResult result;
  result.typing = typing(2ms);
  result.hammering = typing(1ms);
  return result;
}

nlohmann::json report(const ClientResult& result) {
  ClientOptions options;
  options.json = true;
  const Report told = report_of(options, result);
  auto json = nlohmann::json::parse(told.text);
  json["clean"] = told.clean;
  return json;
}

bool is_clean_and_within_bar(const ClientResult& result) {
  const auto json = report(result);
  CHECK(json["clean"] == json["within_bar"]);
  return json["clean"];
}

}  // namespace

TEST_CASE("a client that has answered every key in time is within the bar") {
  CHECK(is_clean_and_within_bar(usual()));
}

TEST_CASE("a key that was late is a fault, unless there was no processor for the client") {
  for (ClientTyping ClientResult::* part : {&ClientResult::typing, &ClientResult::hammering}) {
    ClientResult result = usual();
    (result.*part).late = 1;
    CHECK(is_clean_and_within_bar(result));
    (result.*part).missed = 1;
    CHECK_FALSE(is_clean_and_within_bar(result));
  }
}

TEST_CASE("a key without any answer is a fault, and so is a run without a key") {
  for (ClientTyping ClientResult::* part : {&ClientResult::typing, &ClientResult::hammering}) {
    ClientResult result = usual();
    (result.*part).unheard = 1;
    CHECK_FALSE(is_clean_and_within_bar(result));
    result = usual();
    result.*part = ClientTyping();
    CHECK_FALSE(is_clean_and_within_bar(result));
  }
}

TEST_CASE("other troubles of the client's run are a fault within the bar") {
  ClientResult result = usual();
  result.troubles.add("the client was ended by signal 11");
  CHECK_FALSE(report(result)["clean"]);
  CHECK(report(result)["within_bar"] == true);
}

TEST_CASE("what the client used is told for each frame, if there was one") {
  ClientResult result = usual();
  CHECK(report(result)["watching"]["cpu_us_per_frame"].is_null());
  result.watching = {.took = 1s, .cpu = 50ms, .frames = 25};
  CHECK(report(result)["watching"]["cpu_us_per_frame"] == 2000);
}

TEST_CASE(
    "pages are those that were scrolled, and the memory after half of them if there was one") {
  ClientResult result = usual();
  result.paging.record(3ms);
  result.stuck = 1;
  result.is_at_top = true;
  CHECK(report(result)["pages"] == 2);
  CHECK(report(result)["at_top"] == true);
  CHECK(report(result)["rss_half_up_bytes"].is_null());
}
