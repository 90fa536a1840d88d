#include "bench/scenarios/rooms_result.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace chat::bench {
namespace {

using Json = nlohmann::json;
using Buckets = std::vector<std::pair<std::uint32_t, std::uint64_t>>;

// Missing ones are null.
template <class Number>
Json packed(const std::optional<Number>& number) {
  return number ? Json(*number) : Json();
}

template <class Number>
std::optional<Number> unpacked(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<Number>());
}

Json packed(const Verdict& verdict) {
  return {verdict.sent,       verdict.expected,   verdict.delivered, verdict.lost,
          verdict.duplicated, verdict.misordered, verdict.foreign,   verdict.unacknowledged};
}

Verdict unpacked_verdict(const Json& json) {
  return {json[0], json[1], json[2], json[3], json[4], json[5], json[6], json[7]};
}

Json packed(const ServerUse& use) {
  const auto cpu = use.cpu ? std::optional(use.cpu->count()) : std::nullopt;
  return {packed(cpu), packed(use.resident_before), packed(use.resident_after)};
}

ServerUse unpacked_use(const Json& json) {
  const auto cpu = unpacked<Duration::rep>(json[0]);
  return {cpu ? std::optional(Duration(*cpu)) : std::nullopt, unpacked<std::uint64_t>(json[1]),
          unpacked<std::uint64_t>(json[2])};
}

ServerUse known_one(const ServerUse& one, const ServerUse& other) {
  return one.cpu ? one : other;
}

}  // namespace

void merge(RoomsResult& into, const RoomsResult& other) {
  into.verdict += other.verdict;
  into.latency.add(other.latency);
  into.connecting = std::max(into.connecting, other.connecting);
  into.delivering = std::max(into.delivering, other.delivering);
  into.own_cpu += other.own_cpu;
  into.entering = known_one(into.entering, other.entering);
  into.server = known_one(into.server, other.server);
  into.troubles.add(other.troubles);
}

std::string to_bytes(const RoomsResult& result) {
  std::string bytes;
  Json::to_cbor({{"verdict", packed(result.verdict)},
                 {"latencies", result.latency.filled_buckets()},
                 {"longest", result.latency.max().count()},
                 {"connecting", result.connecting.count()},
                 {"delivering", result.delivering.count()},
                 {"own_cpu", result.own_cpu.count()},
                 {"entering", packed(result.entering)},
                 {"server", packed(result.server)},
                 {"troubles", result.troubles.sentences()},
                 {"unlisted", result.troubles.unlisted()}},
                bytes);
  return bytes;
}

RoomsResult from_bytes(std::string_view bytes) {
  const Json json = Json::from_cbor(bytes);
  RoomsResult result;
  result.verdict = unpacked_verdict(json["verdict"]);
  result.latency =
      Histogram::from_buckets(json["latencies"].get<Buckets>(), Duration(json["longest"]));
  result.connecting = Duration(json["connecting"]);
  result.delivering = Duration(json["delivering"]);
  result.own_cpu = Duration(json["own_cpu"]);
  result.entering = unpacked_use(json["entering"]);
  result.server = unpacked_use(json["server"]);
  for (const auto& [sentence, times] : json["troubles"].get<std::map<std::string, std::uint64_t>>())
    result.troubles.add(sentence, times);
  result.troubles.add_unlisted(json["unlisted"]);
  return result;
}

}  // namespace chat::bench
