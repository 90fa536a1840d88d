#include "bench/load/run_state.hpp"

#include <sys/mman.h>

#include <new>

namespace chat::bench {

std::expected<RunState, net::Failure> RunState::make(std::uint32_t processes,
                                                     std::uint32_t senders) {
  const std::size_t bytes = sizeof(Block) + senders * sizeof(SentCount);
  void* const memory =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return std::unexpected(net::last_failure("sharing memory among processes"));
  auto* const block = new (memory) Block();
  new (block + 1) SentCount[senders]();
  return RunState(processes, senders, {block, Unmap{bytes}});
}

void RunState::Unmap::operator()(Block* block) const {
  munmap(block, bytes);
}

std::span<SentCount> RunState::sent_by() const {
  static_assert(alignof(Block) >= alignof(SentCount));
  return {std::launder(reinterpret_cast<SentCount*>(block_.get() + 1)), senders_};
}

}  // namespace chat::bench
