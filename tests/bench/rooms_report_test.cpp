#include "bench/scenarios/rooms.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace chat::bench;

namespace {

RoomsOptions some_options() {
  RoomsOptions options;
  options.clients = 4;
  options.senders = 2;
  options.text_bytes = 64;
  options.seconds = std::chrono::seconds(2);
  options.load = ClosedLoop{8};
  return options;
}

RoomsResult some_result() {
  RoomsResult result;
  result.verdict.sent = 10;
  result.verdict.expected = 40;
  result.verdict.delivered = 40;
  result.connecting = std::chrono::milliseconds(250);
  result.delivering = std::chrono::seconds(2);
  result.latency.record(std::chrono::milliseconds(3));
  result.last_delivery.record(std::chrono::milliseconds(5));
  return result;
}

nlohmann::ordered_json for_machines(const RoomsResult& result) {
  RoomsOptions options = some_options();
  options.json = true;
  const Report report = report_of("fanout", options, result);
  CHECK(report.text.ends_with("\n"));
  return nlohmann::ordered_json::parse(report.text);
}

}  // namespace

TEST_CASE("the report for machines has exactly these keys") {
  const auto report = for_machines(some_result());
  CHECK(report.dump() ==
        R"({"clients":4,"senders":2,"text_bytes":64,"seconds":2.0,"sent":10,"expected":40,)"
        R"("delivered":40,"lost":0,"duplicated":0,"misordered":0,"deliveries_per_second":20.0,)"
        R"("latency_ms":{"p50":3.0,"p99":3.0,"p999":3.0,"max":3.0},)"
        R"("last_delivery_ms":{"p50":5.0,"p99":5.0,"p999":5.0,"max":5.0},"connect_seconds":0.25,)"
        R"("server_cpu_us_per_delivery":null,"server_rss_kib_per_connection":null,)"
        R"("scenario":"fanout","protocol":"edgechat","rooms":1,"processes":1,"foreign":0,)"
        R"("unacknowledged":0,"own_cpu_us_per_delivery":0.0,"server_cpu_seconds":null,)"
        R"("server_rss_kib":{"before":null,"joined":null,"after":null}})");
}

TEST_CASE("what the server used is per delivery and per connection") {
  RoomsResult result = some_result();
  result.server = {std::chrono::microseconds(80), 4096, 4096};
  result.entering = {std::chrono::microseconds(5), 4096, 12288};
  const auto report = for_machines(result);
  CHECK(report["server_cpu_us_per_delivery"] == 2.0);
  CHECK(report["server_rss_kib_per_connection"] == 2.0);
}

TEST_CASE("a run without a delivery has no latency") {
  const auto report = for_machines(RoomsResult{});
  CHECK(report["latency_ms"]["p99"].is_null());
  CHECK(report["deliveries_per_second"] == 0.0);
}

TEST_CASE("the report for people tells troubles, made harmless") {
  RoomsResult result = some_result();
  CHECK(result.clean());
  result.troubles.add("the server said \033[2J");
  result.troubles.add("the server said \033[2J");
  CHECK_FALSE(result.clean());
  const Report report = report_of("fanout", some_options(), result);
  CHECK_FALSE(report.clean);
  CHECK(report.text.find("  2 x the server said \u241b[2J\n") != std::string::npos);
}

TEST_CASE("a protocol without acknowledgements misses none") {
  RoomsOptions options = some_options();
  options.json = true;
  options.protocol = Protocol::redis;
  const auto report = nlohmann::json::parse(report_of("rooms", options, some_result()).text);
  CHECK(report["scenario"] == "rooms");
  CHECK(report["protocol"] == "redis");
  CHECK(report["unacknowledged"].is_null());
}

TEST_CASE("a tool that used more CPU than the server says so") {
  RoomsResult result = some_result();
  result.server = {std::chrono::microseconds(80), 4096, 4096};
  const auto warns = [&] {
    const Report report = report_of("fanout", some_options(), result);
    return report.text.find("it measured itself") != std::string::npos;
  };
  CHECK_FALSE(warns());
  result.own_cpu = std::chrono::microseconds(81);
  CHECK(warns());
}

TEST_CASE("results of several processes are one") {
  RoomsResult whole = from_bytes(to_bytes(some_result()));
  RoomsResult other = some_result();
  other.latency.record(std::chrono::milliseconds(9));
  other.delivering = std::chrono::seconds(3);
  other.own_cpu = std::chrono::microseconds(7);
  other.verdict.lost = 2;
  other.server = {std::chrono::microseconds(80), 4096, 8192};
  other.troubles.add("the server said no", 3);
  merge(whole, from_bytes(to_bytes(other)));
  CHECK(whole.verdict.sent == 20);
  CHECK(whole.verdict.lost == 2);
  CHECK(whole.latency.count() == 3);
  CHECK(whole.latency.max() == std::chrono::milliseconds(9));
  CHECK(whole.latency.quantile(0.5) <= std::chrono::microseconds(3030));
  CHECK(whole.delivering == std::chrono::seconds(3));
  CHECK(whole.connecting == std::chrono::milliseconds(250));
  CHECK(whole.own_cpu == std::chrono::microseconds(7));
  CHECK(whole.server.cpu == std::chrono::microseconds(80));
  CHECK(whole.server.resident_after == 8192);
  CHECK_FALSE(whole.entering.cpu.has_value());
  CHECK(whole.troubles.count() == 3);
  CHECK(whole.troubles.lines() == "\n  3 x the server said no");
}
