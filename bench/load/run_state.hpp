// What the processes of a run tell each other while it lasts.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>

#include "bench/load/clock.hpp"
#include "bench/load/room_share.hpp"
#include "net/failure.hpp"

namespace chat::bench {

// What no process goes beyond before all of them are there.
enum class Stage : std::uint8_t { connected, in_room, started, sent, complete };
inline constexpr std::size_t kStages = 5;

// In memory that is shared with the processes that are forked after it was made. All calls in all
// of them at any time.
class RunState {
 public:
  static std::expected<RunState, net::Failure> make(std::uint32_t processes, std::uint32_t senders);

  std::uint32_t processes() const { return processes_; }
  std::span<SentCount> sent_by() const;

  // Each process calls this once for each stage, in order.
  void reach(Stage stage) { at(stage).fetch_add(1); }
  bool reached_by_all(Stage stage) const { return at(stage).load() == processes_; }

  // From when on messages are sent; to be set by one, before it reaches Stage::started.
  void set_start(Instant start) { block_->start = start.time_since_epoch().count(); }
  Instant start() const { return Instant(Duration(block_->start.load())); }

  // How many messages have been sent in all, and how many of them each room's watcher has seen, in
  // all rooms together. Read `seen` before `sent`, or it may be the larger one.
  std::uint64_t sent() const { return block_->sent.load(); }
  std::uint64_t seen() const { return block_->seen.load(); }
  void add_seen(std::uint64_t messages) { block_->seen.fetch_add(messages); }
  // Takes the turn to send the message after `sent` others; false when another process has it.
  bool take_turn(std::uint64_t sent) {
    return block_->sent.compare_exchange_strong(sent, sent + 1);
  }

 private:
  // The senders' counts stand behind it.
  struct Block {
    std::array<std::atomic<std::uint32_t>, kStages> reached{};
    std::atomic<std::int64_t> start{};
    std::atomic<std::uint64_t> sent{};
    std::atomic<std::uint64_t> seen{};
  };
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

  struct Unmap {
    std::size_t bytes = 0;
    void operator()(Block* block) const;
  };

  RunState(std::uint32_t processes, std::uint32_t senders, std::unique_ptr<Block, Unmap> block)
      : processes_(processes), senders_(senders), block_(std::move(block)) {}

  std::atomic<std::uint32_t>& at(Stage stage) const {
    return block_->reached[static_cast<std::size_t>(stage)];
  }

  std::uint32_t processes_;
  std::uint32_t senders_;
  std::unique_ptr<Block, Unmap> block_;
};

}  // namespace chat::bench
