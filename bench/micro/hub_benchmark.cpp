// Microbenchmarks: what a message costs in the hub, from the decoded request to the reactor's
// outbox, in a room of so many members. Members read the room's log by themselves, so this should
// not grow with their number.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "libchat/hub.hpp"
#include "libchat/memory_ledger.hpp"

namespace chat {
namespace {

constexpr ReactorId kReactor{0};

ConnectionId connection(std::int64_t number) {
  return {static_cast<std::uint32_t>(number), 1};
}

// A hub with so many people in the lobby.
class Lobby {
 public:
  explicit Lobby(std::int64_t members) {
    for (std::int64_t i = 0; i < members; ++i) {
      std::vector<Request> hello{
          {connection(i), protocol::Hello{RequestId{1}, kProtocolVersion, name(i)}}};
      hub_.enter(kReactor, hello, {});
      for (const auto& event : hub_.outbox(kReactor))
        if (const auto* attach = std::get_if<outbox::Attach>(&event))
          lobby_ = attach->room;
      hub_.outbox(kReactor).clear();
    }
  }

  // One entry with so many messages.
  void say(std::int64_t messages) {
    requests_.clear();
    for (std::int64_t i = 0; i < messages; ++i)
      requests_.push_back({connection(0), protocol::Say{RequestId{2}, lobby_, next_id(),
                                                        MessageKind::text, std::string(64, 'x')}});
    hub_.enter(kReactor, requests_, {});
    benchmark::DoNotOptimize(hub_.outbox(kReactor).data());
    hub_.outbox(kReactor).clear();
  }

 private:
  static std::string name(std::int64_t number) { return "person-" + std::to_string(number); }

  // An id that was said before would be answered, and not published.
  MessageId next_id() {
    MessageId id{};
    ++said_;
    std::memcpy(id.data(), &said_, sizeof said_);
    return id;
  }

  MemoryLedger ledger_;
  Hub hub_{HubOptions{}, ledger_};
  RoomId lobby_;
  std::uint64_t said_ = 0;
  std::vector<Request> requests_;
};

void broadcast(benchmark::State& state) {
  Lobby lobby(state.range(0));
  for (auto _ : state)
    lobby.say(state.range(1));
  state.SetItemsProcessed(state.iterations() * state.range(1));
}
BENCHMARK(broadcast)
    ->ArgsProduct({{10, 1'000, 10'000}, {1, 16}})
    ->ArgNames({"members", "messages"});

}  // namespace
}  // namespace chat
