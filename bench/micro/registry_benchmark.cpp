// Microbenchmarks: names, and who holds which.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "libchat/name.hpp"
#include "libchat/nickname_registry.hpp"

namespace chat {
namespace {

SessionId session(std::int64_t number) {
  return {static_cast<std::uint32_t>(number), 1};
}

Nickname nickname(std::int64_t number) {
  return *Nickname::make("person-" + std::to_string(number));
}

void check_name(benchmark::State& state) {
  const std::string text = state.range(0) == 0 ? "Lisa-1234" : "Łucja-ÅßΩ-日本";
  for (auto _ : state)
    benchmark::DoNotOptimize(Nickname::make(text));
}
BENCHMARK(check_name)->Arg(0)->Arg(1)->ArgName("beyond_ascii");

void claim_and_release(benchmark::State& state) {
  NicknameRegistry registry;
  for (std::int64_t i = 0; i < state.range(0); ++i)
    registry.claim(nickname(i), session(i));
  const Nickname another = nickname(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(registry.claim(another, session(state.range(0))));
    registry.release(another, session(state.range(0)));
  }
}
BENCHMARK(claim_and_release)->Arg(10)->Arg(1'000)->Arg(100'000);

void find_holder(benchmark::State& state) {
  NicknameRegistry registry;
  for (std::int64_t i = 0; i < state.range(0); ++i)
    registry.claim(nickname(i), session(i));
  const Nickname one = nickname(state.range(0) / 2);
  for (auto _ : state)
    benchmark::DoNotOptimize(registry.holder(one));
}
BENCHMARK(find_holder)->Arg(10)->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace chat
