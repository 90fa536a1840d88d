#include "server/storage.hpp"

#include <sodium.h>

#include <chrono>
#include <utility>

#include "libchat/memory_ledger.hpp"
#include "server/store/writer.hpp"

namespace chat::server {
namespace {

Epoch random_epoch() {
  Epoch epoch;
  randombytes_buf(&epoch.value, sizeof epoch.value);
  return epoch;
}

WallTime wall_time() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace

std::expected<Storage, std::string> Storage::open(const Options& options, spdlog::logger& log) {
  Storage storage;
  if (!options.store) {
    storage.ledger_ = std::make_unique<MemoryLedger>();
    storage.epoch_ = random_epoch();
    randombytes_buf(storage.token_key_.data(), storage.token_key_.size());
    return storage;
  }
  auto writer = store::Writer::open(*options.store, wall_time());
  if (!writer)
    return std::unexpected(writer.error());
  auto archive = Archive::open(options.store->folder, options.reactors, log);
  if (!archive)
    return std::unexpected(archive.error());
  store::Writer::Opened opened = writer->take_opened();
  if (opened.lost_commits > 0)
    log.error("event=log_damaged lost_commits={}", opened.lost_commits);
  storage.epoch_ = opened.epoch;
  storage.token_key_ = opened.token_key;
  storage.state_ = std::move(opened.state);
  storage.archive_ = std::move(*archive);
  auto thread = std::make_unique<LedgerThread>(std::move(*writer), log);
  storage.thread_ = thread.get();
  storage.ledger_ = std::move(thread);
  return storage;
}

void Storage::start(std::size_t reactors, const std::function<void(ReactorId)>& wake) {
  // Whoever enters the hub first takes what is done, for all. But some may wait for no more than
  // that it is done.
  if (thread_ != nullptr)
    thread_->start([wake, reactors] {
      for (std::uint16_t i = 0; i < reactors; ++i)
        wake(ReactorId{i});
    });
  if (archive_)
    archive_->start(wake);
}

void Storage::finish() {
  archive_.reset();
  if (thread_ != nullptr)
    thread_->finish();
}

}  // namespace chat::server
