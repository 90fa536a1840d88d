// Microbenchmarks: what the client does for a message and for a frame, without the terminal.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/micro/full_room.hpp"
#include "client/controller.hpp"
#include "client/held_lines.hpp"
#include "client/urls.hpp"
#include "client/view.hpp"
#include "client/wrap.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kJapanese = "おはようございます。昨日の議事録は誰が持っていますか。";

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string all;
  while (all.size() + text.size() <= bytes)
    all += text;
  return all;
}

void compose_full_room(benchmark::State& state) {
  FullRoom room;
  const Controller controller(room.model());
  const Size size{Columns{static_cast<int>(state.range(0))},
                  Rows{static_cast<int>(state.range(1))}};
  for (auto _ : state)
    benchmark::DoNotOptimize(compose(room.model(), controller, size));
}
BENCHMARK(compose_full_room)->Args({80, 24})->Args({120, 40})->ArgNames({"columns", "rows"});

void message_in_full_room(benchmark::State& state) {
  FullRoom room;
  const std::string text = repeated(kEnglish, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state)
    room.post(text);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(message_in_full_room)->Arg(150)->Arg(4000)->ArgNames({"bytes"});

// A key, and the picture that shows it, while so much has been written.
void key_in_draft(benchmark::State& state) {
  FullRoom room;
  Controller controller(room.model());
  controller.written_elsewhere(repeated(kEnglish, static_cast<std::size_t>(state.range(0))));
  constexpr Size kSize{Columns{120}, Rows{40}};
  const Key letter = Typed{"x"};
  const Key erase = NamedKey::backspace;
  for (auto _ : state) {
    controller.press(letter, kSize, kNoon, kSize.width);
    benchmark::DoNotOptimize(compose(room.model(), controller, kSize));
    controller.press(erase, kSize, kNoon, kSize.width);
  }
}
BENCHMARK(key_in_draft)->Arg(150)->Arg(4000)->ArgNames({"bytes"});

// Reading older messages: as many as the server gives at a time, above those that are held.
void page_above_held_lines(benchmark::State& state) {
  constexpr std::uint64_t kPage = 100;
  constexpr std::uint64_t kHeld = HeldLines::kMaxLines - kPage;
  HeldLines held;
  std::vector<Line> page;
  for (std::uint64_t number = 1; number <= kPage + kHeld; ++number) {
    Line line = make_line(LineKind::message, kNoon, kEnglish);
    line.number = Sequence{number};
    if (number <= kPage)
      page.push_back(std::move(line));
    else
      held.append(std::move(line));
  }
  for (auto _ : state) {
    state.PauseTiming();
    HeldLines lines = held;
    std::vector<Line> older = page;
    state.ResumeTiming();
    benchmark::DoNotOptimize(lines.insert(std::move(older)));
    state.PauseTiming();
    lines.clear();
    state.ResumeTiming();
  }
}
BENCHMARK(page_above_held_lines);

void wrap_text(benchmark::State& state, std::string_view of) {
  const std::string text = repeated(of, 4000);
  for (auto _ : state)
    benchmark::DoNotOptimize(wrap(text, Columns{80}, Columns{74}));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK_CAPTURE(wrap_text, english, kEnglish);
BENCHMARK_CAPTURE(wrap_text, japanese, kJapanese);

// What almost is an address has to be looked at, too.
void find_urls(benchmark::State& state, std::string_view of, char rest) {
  std::string text = repeated(of, 2000);
  text.resize(4000, rest);
  for (auto _ : state)
    benchmark::DoNotOptimize(urls_in(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK_CAPTURE(find_urls, english, kEnglish, ' ');
BENCHMARK_CAPTURE(find_urls, almost, "www.)", ')');

}  // namespace
}  // namespace chat::client
