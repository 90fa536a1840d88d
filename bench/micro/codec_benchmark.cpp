// Microbenchmarks: frames and protocol messages.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "bench/protocols/posted_view.hpp"
#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"

namespace chat {
namespace {

protocol::Posted posted(std::int64_t text_bytes) {
  return {RoomId{1},
          Sequence{1},
          WallTime{1},
          UserId{1},
          MessageKind::text,
          "Lisa",
          std::string(static_cast<std::size_t>(text_bytes), 'x')};
}

void encode_posted(benchmark::State& state) {
  const auto message = posted(state.range(0));
  Bytes out;
  for (auto _ : state) {
    out.clear();
    protocol::append_frame(out, message);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(encode_posted)->Arg(64)->Arg(4096);

void decode_posted(benchmark::State& state) {
  const Bytes bytes = protocol::encode(posted(state.range(0)));
  for (auto _ : state) {
    ByteView rest(bytes);
    const auto frame = take_frame(rest);
    benchmark::DoNotOptimize(protocol::decode_server_message(**frame));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode_posted)->Arg(64)->Arg(4096);

void view_posted(benchmark::State& state) {
  const Bytes bytes = protocol::encode(posted(state.range(0)));
  for (auto _ : state) {
    ByteView rest(bytes);
    const auto frame = take_frame(rest);
    benchmark::DoNotOptimize(bench::view_posted((*frame)->body));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(view_posted)->Arg(64)->Arg(4096);

void decode_say(benchmark::State& state) {
  const auto text_bytes = static_cast<std::size_t>(state.range(0));
  const Bytes bytes = protocol::encode(
      protocol::Say{RequestId{1}, RoomId{1}, {}, MessageKind::text, std::string(text_bytes, 'x')});
  for (auto _ : state) {
    ByteView rest(bytes);
    const auto frame = take_frame(rest);
    benchmark::DoNotOptimize(protocol::decode_client_message(**frame));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode_say)->Arg(64)->Arg(4096);

// A stream of frames that arrives in pieces of so many bytes.
void cut_stream(benchmark::State& state) {
  constexpr int kFrames = 100;
  Bytes stream;
  for (int i = 0; i < kFrames; ++i)
    protocol::append_frame(stream, posted(64));
  const auto piece = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    FrameDecoder decoder;
    int frames = 0;
    for (ByteView rest(stream); !rest.empty();) {
      const ByteView next = rest.first(std::min(piece, rest.size()));
      rest = rest.subspan(next.size());
      const auto fed = decoder.feed(next, [&](const Frame&) { return ++frames > 0; });
      benchmark::DoNotOptimize(fed);
    }
    benchmark::DoNotOptimize(frames);
  }
  state.SetItemsProcessed(state.iterations() * kFrames);
}
BENCHMARK(cut_stream)->Arg(64)->Arg(1460)->Arg(64 * 1024);

}  // namespace
}  // namespace chat
