// Microbenchmarks: what the client does for a message and for a frame, without the terminal.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/controller.hpp"
#include "client/held_lines.hpp"
#include "client/model.hpp"
#include "client/view.hpp"
#include "client/wrap.hpp"
#include "libchat/protocol.hpp"
#include "tests/client/forgetful_state.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kEnglish =
    "Good morning! Who has the minutes of yesterday? I lost them on the train: the last page was "
    "at https://example.org/minutes/2026-11-29 anyway. ";
constexpr std::string_view kJapanese = "おはようございます。昨日の議事録は誰が持っていますか。";

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string all;
  while (all.size() + text.size() <= bytes)
    all += text;
  return all;
}

constexpr WallTime kNoon{12 * 3'600'000};
constexpr RoomId kLobby{1};

// The model of somebody in a room that holds as many lines as it can.
class FullRoom {
 public:
  FullRoom()
      : model_(
            "127.0.0.1:1338", [] { return MessageId{}; },
            std::make_unique<test::ForgetfulState>()) {
    model_.start("Ann", kNoon);
    const auto sent = model_.take_outgoing();
    const RequestId hello = std::get<protocol::Hello>(sent.front()).request;
    give(protocol::Welcome{.request = hello,
                           .user = UserId{1},
                           .nickname = "Ann",
                           .server = "bench",
                           .server_version = "1",
                           .epoch = {1},
                           .time = kNoon,
                           .max_rooms = 4});
    give(protocol::RoomOpened{
        .request = hello, .room = kLobby, .name = "lobby", .next = {1}, .members = 2});
    for (std::size_t line = 0; line < HeldLines::kMaxLines; ++line)
      post(std::string(kEnglish.substr(line % kEnglish.size())));
  }

  // Somebody says this.
  void post(std::string text) {
    ++last_.value;
    give(protocol::Posted{.room = kLobby,
                          .sequence = last_,
                          .time = kNoon,
                          .user = UserId{2},
                          .kind = MessageKind::text,
                          .nickname = "Lisa",
                          .text = std::move(text)});
  }

  Model& model() { return model_; }

 private:
  template <class Message>
  void give(Message message) {
    model_.receive(protocol::ServerMessage(std::move(message)), kNoon);
  }

  Model model_;
  Sequence last_;
};

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

}  // namespace
}  // namespace chat::client
