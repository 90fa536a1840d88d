#include "server/ledger_thread.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace chat::server {
namespace {

constexpr const char* kFullSentence =
    "The server's disk is full: nothing can be said until there is space again.";
constexpr const char* kRecoveredSentence = "The server's disk has space again.";

// What is not stored anyway tells nothing about the disk.
bool has_something_to_store(const std::vector<Batch>& batches) {
  return std::ranges::any_of(batches, [](const Batch& batch) {
    return std::ranges::any_of(batch, [](const Entry& entry) {
      return std::holds_alternative<AcceptedMessage>(entry.what);
    });
  });
}

WallTime wall_time() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace

LedgerThread::LedgerThread(store::Writer store, spdlog::logger& log)
    : store_(std::move(store)), log_(log) {}

LedgerThread::~LedgerThread() {
  finish();
}

void LedgerThread::start(std::move_only_function<void()> done) {
  done_ = std::move(done);
  thread_ = std::jthread([this] { run(); });
}

void LedgerThread::finish() {
  if (!thread_.joinable())
    return;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wakeup_.notify_one();
  thread_.join();
  if (const auto closed = store_.close(); !closed)
    log_.error("event=store_not_closed error={:?}", closed.error().sentence);
}

// --- under the hub's lock -----------------------------------------------------------------------

void LedgerThread::submit(Batch batch) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.batches.push_back(std::move(batch));
    std::ranges::move(std::exchange(kept_, {}), std::back_inserter(waiting_.changes));
  }
  wakeup_.notify_one();
}

std::optional<BatchResult> LedgerThread::take() {
  const std::lock_guard lock(mutex_);
  if (results_.empty())
    return std::nullopt;
  BatchResult result = std::move(results_.front());
  results_.pop_front();
  return result;
}

std::optional<protocol::Notice> LedgerThread::take_notice() {
  const std::lock_guard lock(mutex_);
  if (notices_.empty())
    return std::nullopt;
  protocol::Notice notice = std::move(notices_.front());
  notices_.pop_front();
  return notice;
}

// --- in the thread ------------------------------------------------------------------------------

void LedgerThread::run() {
  for (;;) {
    Group group = wait_for_group();
    if (!group.empty())
      commit(std::move(group));
    else if (is_ending())
      return keep_the_rest();
    if (Clock::now() < next_round_)
      continue;
    if (is_full_ || !unkept_.empty())
      try_again();
    else
      tend();
  }
}

bool LedgerThread::is_ending() {
  const std::lock_guard lock(mutex_);
  return ending_ && waiting_.empty();
}

LedgerThread::Group LedgerThread::wait_for_group() {
  std::unique_lock lock(mutex_);
  wakeup_.wait_until(lock, next_round_, [this] { return ending_ || !waiting_.empty(); });
  return std::exchange(waiting_, {});
}

// There is something to tend then, but not so soon that what is said next would wait for it.
void LedgerThread::set_next_round(Clock::duration from_now) {
  next_round_ = std::min(next_round_, Clock::now() + from_now);
}

void LedgerThread::commit(Group group) {
  const bool writes =
      !unkept_.empty() || !group.changes.empty() || has_something_to_store(group.batches);
  const auto committed = try_commit(group);
  if (committed) {
    unkept_.clear();
    set_next_round(kTend);
    if (is_full_ && writes)
      recovered();
  } else {
    for (const StateChange& change : group.changes)
      unkept_.add(change);
    if (committed.error().kind == store::CommitFailure::Kind::not_synced)
      end_process(committed.error());
    failed(committed.error());
  }
  hand_back(std::move(group), committed.has_value());
}

// With what earlier commits could not keep.
std::expected<void, store::CommitFailure> LedgerThread::try_commit(Group& group) {
  if (is_full_ && Clock::now() < retry_)
    return std::unexpected(store::CommitFailure{store::CommitFailure::Kind::full, why_not_});
  if (unkept_.empty())
    return store_.commit(group.batches, group.changes);
  std::vector<StateChange> changes = unkept_.all();
  std::ranges::copy(group.changes, std::back_inserter(changes));
  return store_.commit(group.batches, changes);
}

void LedgerThread::failed(const store::CommitFailure& failure) {
  set_next_round(kRetry);
  if (failure.kind != store::CommitFailure::Kind::full) {
    why_not_ = "The server could not store the message.";
    log_.error("event=commit_failed error={:?}", failure.sentence);
    return;
  }
  why_not_ = kFullSentence;
  if (Clock::now() >= retry_)
    retry_ = Clock::now() + kRetry;
  if (std::exchange(is_full_, true))
    return;
  log_.error("event=disk_full error={:?}", failure.sentence);
  notify(NoticeCode::disk_full, kFullSentence);
}

void LedgerThread::recovered() {
  is_full_ = false;
  retry_ = {};
  log_.warn("event=disk_recovered");
  notify(NoticeCode::disk_recovered, kRecoveredSentence);
}

// Also while nobody says anything.
void LedgerThread::try_again() {
  next_round_ = Clock::now() + kRetry;
  if (!keep_unkept())
    return;
  set_next_round(kTend);
  if (!is_full_)
    return;
  recovered();
  done_();
}

bool LedgerThread::keep_unkept() {
  auto kept = store_.probe();
  if (kept && !unkept_.empty())
    kept = store_.commit({}, unkept_.all());
  if (kept)
    unkept_.clear();
  else if (kept.error().kind == store::CommitFailure::Kind::not_synced)
    end_process(kept.error());
  return kept.has_value();
}

// Else those who came meanwhile were unknown to the next process, and those who went still there.
void LedgerThread::keep_the_rest() {
  if (!unkept_.empty() && !keep_unkept())
    log_.error("event=state_lost");
}

void LedgerThread::tend() {
  const auto tended = store_.tend(wall_time());
  if (!tended && tended.error().kind == store::CommitFailure::Kind::not_synced)
    end_process(tended.error());
  if (!tended)
    log_.error("event=tending_failed error={:?}", tended.error().sentence);
  next_round_ = Clock::now() + (tended.value_or(false) ? kTendMore : kTendIdle);
}

void LedgerThread::hand_back(Group group, bool committed) {
  {
    const std::lock_guard lock(mutex_);
    for (Batch& batch : group.batches)
      results_.push_back({std::move(batch), committed, committed ? std::string() : why_not_});
  }
  done_();
}

void LedgerThread::notify(NoticeCode code, std::string sentence) {
  const std::lock_guard lock(mutex_);
  notices_.push_back({code, std::move(sentence)});
}

// Whatever was written since the last sync may be on the disk or not, and no later sync would tell.
// Nobody was told that it is: the next start finds out.
void LedgerThread::end_process(const store::CommitFailure& failure) {
  log_.critical("event=failed error={:?}", failure.sentence);
  log_.flush();
  std::fputs(fmt::format("chat-server: {}; the server ends, since nothing that was written lately "
                         "is certain to be on the disk\n",
                         failure.sentence)
                 .c_str(),
             stderr);
  std::_Exit(EXIT_FAILURE);
}

}  // namespace chat::server
