// The durable ledger: one thread that commits to the store in groups. A group is what came in while
// the one before was being synced, so that a message waits for one sync, and many share it.
#pragma once

#include <spdlog/logger.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "libchat/ledger.hpp"
#include "server/store/writer.hpp"
#include "server/unkept_changes.hpp"

namespace chat::server {

// What is a Ledger's is called under the hub's lock, by any thread; the rest by the owner's.
class LedgerThread final : public Ledger {
 public:
  // How long after a commit for which there was no space the next one is tried. Meanwhile what is
  // said is refused at once.
  static constexpr std::chrono::milliseconds kRetry{1'000};
  // When the store is tended: after a commit, while there is more to do, and when nothing happens.
  static constexpr std::chrono::milliseconds kTend{1'000};
  static constexpr std::chrono::milliseconds kTendMore{20};
  static constexpr std::chrono::minutes kTendIdle{10};

  // The log outlives it.
  LedgerThread(store::Writer store, spdlog::logger& log);
  ~LedgerThread() override;

  // From now on `done` is called, in the ledger's thread, whenever something can be taken. Once.
  void start(std::move_only_function<void()> done);
  // Commits what was submitted, and leaves the store complete. Nothing may be submitted any more.
  void finish();

  void submit(Batch batch) override;
  std::optional<BatchResult> take() override;
  void forget(RoomId room) override { kept_.emplace_back(ForgottenRoom{room}); }
  bool is_durable() const override { return true; }
  void keep(StateChange change) override { kept_.push_back(std::move(change)); }
  std::optional<protocol::Notice> take_notice() override;

 private:
  using Clock = std::chrono::steady_clock;

  // What is committed together.
  struct Group {
    std::vector<Batch> batches;
    std::vector<StateChange> changes;
    bool empty() const { return batches.empty(); }
  };

  void run();
  // Nothing is in it when it is time for something else.
  Group wait_for_group();
  bool is_ending();
  void set_next_round(Clock::duration from_now);
  void commit(Group group);
  std::expected<void, store::CommitFailure> try_commit(Group& group);
  void failed(const store::CommitFailure& failure);
  void recovered();
  void try_again();
  bool keep_unkept();
  void keep_the_rest();
  void tend();
  void hand_back(Group group, bool committed);
  void notify(NoticeCode code, std::string sentence);
  [[noreturn]] void end_process(const store::CommitFailure& failure);

  store::Writer store_;
  spdlog::logger& log_;
  std::move_only_function<void()> done_;
  std::vector<StateChange> kept_;  // under the hub's lock: for the batch that is submitted next

  // The thread's own.
  UnkeptChanges unkept_;
  bool is_full_ = false;
  std::string why_not_;             // the last commit could not be made
  Clock::time_point retry_{};       // while the disk is full
  Clock::time_point next_round_{};  // when to tend the store, or to try again

  std::mutex mutex_;
  std::condition_variable wakeup_;
  Group waiting_;  // under the mutex, like what follows
  std::deque<BatchResult> results_;
  std::deque<protocol::Notice> notices_;
  bool ending_ = false;

  std::jthread thread_;
};

}  // namespace chat::server
