#include "server/ledger_thread.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

namespace chat::server {
namespace {

constexpr const char* kFullSentence =
    "The server's disk is full: nothing can be said until there is space again.";
constexpr const char* kRecoveredSentence = "The server's disk has space again.";

// With less, the next commit would fill it again.
constexpr std::uintmax_t kEnoughSpace = 1024 * 1024;

bool has_space(const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return !error && space.available >= kEnoughSpace;
}

WallTime wall_time() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace

LedgerThread::LedgerThread(store::Writer store, std::filesystem::path folder, spdlog::logger& log)
    : store_(std::move(store)), folder_(std::move(folder)), log_(log) {}

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
      return;
    if (Clock::now() < next_round_)
      continue;
    if (is_full_)
      look_for_space();
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
  const auto committed = try_commit(group);
  if (committed) {
    unkept_.clear();
    space_is_certain_ = true;
    set_next_round(kTend);
    if (is_full_)
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
  if (failure.kind != store::CommitFailure::Kind::full) {
    why_not_ = "The server could not store the message.";
    log_.error("event=commit_failed error={:?}", failure.sentence);
    return;
  }
  why_not_ = kFullSentence;
  if (Clock::now() < retry_)
    return;
  retry_ = Clock::now() + kRetry;
  // A quota, for instance, is not seen in what the system says of the disk.
  space_is_certain_ = !has_space(folder_);
  set_next_round(kRetry);
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

// Also while nobody says anything. What is said finds it out by itself.
void LedgerThread::look_for_space() {
  next_round_ = Clock::now() + kRetry;
  if (!space_is_certain_ || !has_space(folder_))
    return;
  recovered();
  done_();
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
