// Microbenchmarks: a room's log.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "libchat/protocol.hpp"
#include "libchat/room_log.hpp"

namespace chat {
namespace {

constexpr std::size_t kRetention = 4 * 1024 * 1024;

Bytes frame() {
  return protocol::encode(protocol::Posted{
      RoomId{1}, Sequence{1}, {}, UserId{1}, MessageKind::text, "Lisa", std::string(64, 'x')});
}

// In steady state: the oldest segments go while new ones come.
void append_to_log(benchmark::State& state) {
  LogBudget budget(2 * kRetention);
  RoomLog log(RoomId{1}, budget, kRetention);
  const Bytes bytes = frame();
  for (auto _ : state) {
    log.append(bytes, true);
    if (log.next().value % 1024 == 0)
      benchmark::DoNotOptimize(budget.take_shortened());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(append_to_log);

// A reader that is so many frames behind the head finds the bytes it lacks.
void read_range(benchmark::State& state) {
  LogBudget budget(2 * kRetention);
  RoomLog log(RoomId{1}, budget, kRetention);
  const Bytes bytes = frame();
  for (int i = 0; i < 20'000; ++i)
    log.append(bytes, true);
  const Position from{log.head().value - static_cast<std::uint64_t>(state.range(0)) * bytes.size()};
  for (auto _ : state) {
    for (const auto& segment : log.segments_holding(from)) {
      const Position end = segment->begin() + segment->capacity();
      benchmark::DoNotOptimize(
          segment->range(std::max(from, segment->begin()), std::min(end, log.head())));
    }
  }
}
BENCHMARK(read_range)->Arg(1)->Arg(16)->Arg(10'000);

}  // namespace
}  // namespace chat
