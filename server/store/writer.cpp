#include "server/store/writer.hpp"

#include <cassert>
#include <filesystem>
#include <optional>
#include <utility>
#include <variant>

#include "server/store/checkpoints.hpp"
#include "server/store/folder.hpp"
#include "server/store/message_rows.hpp"
#include "server/store/opening.hpp"
#include "server/store/room_numbers.hpp"
#include "server/store/run_record.hpp"
#include "server/store/schema.hpp"
#include "server/store/sqlite.hpp"
#include "server/store/state_rows.hpp"
#include "server/store/tending.hpp"

namespace chat::store {

// Statements stay where they are, and name the database.
struct Writer::Parts {
  Parts(OpenStore store, const StoreOptions& options);

  void write(std::span<Batch> batches, std::span<const StateChange> changes);
  void end();

  std::filesystem::path folder;
  FolderLock lock;
  sqlite::Database database;
  std::optional<Opened> opened;
  RoomNumbers numbers;
  StateRows state{database, numbers};
  MessageRows messages{database, numbers};
  Checkpoints checkpoints;
  Tending tending;
  bool is_closed = false;
};

namespace {

// More than what people say at once takes. The log may have room for a little that the disk has
// not.
constexpr std::int64_t kSpaceTried = 256 * 1024;

template <class Visit>
void for_each_message(std::span<Batch> batches, Visit visit) {
  for (Batch& batch : batches) {
    for (Entry& entry : batch) {
      if (auto* const message = std::get_if<AcceptedMessage>(&entry.what))
        visit(entry, *message);
    }
  }
}

void take_back(std::span<Batch> batches) {
  for_each_message(batches, [](Entry&, AcceptedMessage& message) {
    message.sequence = {};
    message.said_before.reset();
  });
}

bool hold_messages(std::span<Batch> batches) {
  bool any = false;
  for_each_message(batches, [&any](Entry&, AcceptedMessage&) { any = true; });
  return any;
}

}  // namespace

Writer::Parts::Parts(OpenStore store, const StoreOptions& options)
    : folder(options.folder),
      lock(std::move(store.lock)),
      database(std::move(store.database)),
      checkpoints(database, options.pages_between_checkpoints),
      tending(database, options.retention) {
  for (const DurableState::Room& room : store.state.rooms) {
    numbers.know(room.known.room, room.next - 1);
    tending.has_grown(room.known.room);
  }
  numbers.keep();
  opened = {store.run.epoch, store.run.token_key, std::move(store.state), store.run.epoch_is_new,
            store.lost_commits};
}

void Writer::Parts::write(std::span<Batch> batches, std::span<const StateChange> changes) {
  sqlite::Transaction transaction(database);
  for (const StateChange& change : changes)
    state.apply(change);
  for_each_message(batches, [this](Entry& entry, AcceptedMessage& message) {
    messages.add(entry.room, entry.time, message);
  });
  messages.finish();
  transaction.commit();
}

void Writer::Parts::end() {
  // This sync is of all that was written before it, too.
  database.run("PRAGMA synchronous = FULL");
  sqlite::Transaction transaction(database);
  end_run(database);
  transaction.commit();
}

Writer::Writer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

std::expected<Writer, std::string> Writer::open(const StoreOptions& options, WallTime now,
                                                const Environment& environment) {
  try {
    auto store = open_store(options, now, environment);
    if (!store)
      return std::unexpected(std::move(store.error()));
    return Writer(std::make_unique<Parts>(std::move(*store), options));
  } catch (const sqlite::Error& error) {
    return std::unexpected(sentence_on(options.folder, describe(error)));
  }
}

Writer::Opened Writer::take_opened() {
  assert(parts_->opened);
  return *std::exchange(parts_->opened, std::nullopt);
}

std::expected<void, CommitFailure> Writer::commit(std::span<Batch> batches,
                                                  std::span<const StateChange> changes) {
  assert(!parts_->is_closed);
  if (changes.empty() && !hold_messages(batches))
    return {};
  try {
    parts_->write(batches, changes);
  } catch (const sqlite::Error& error) {
    parts_->numbers.take_back();
    take_back(batches);
    return std::unexpected(failure_of(error, "storing messages"));
  }
  for (const auto& [room, numbers] : parts_->numbers.pending())
    parts_->tending.has_grown(room);
  parts_->numbers.keep();
  return {};
}

std::expected<void, CommitFailure> Writer::probe() {
  assert(!parts_->is_closed);
  constexpr std::string_view kDoing = "trying to store something";
  if (const auto space = try_space(parts_->folder, kSpaceTried); !space)
    return std::unexpected(failure_of(space.error(), kDoing));
  try {
    sqlite::Transaction transaction(parts_->database);
    write_schema_again(parts_->database);
    transaction.commit();
  } catch (const sqlite::Error& error) {
    return std::unexpected(failure_of(error, kDoing));
  }
  return {};
}

std::expected<bool, CommitFailure> Writer::tend(WallTime now) {
  assert(!parts_->is_closed);
  try {
    if (parts_->checkpoints.is_due()) {
      parts_->checkpoints.carry_over();
      return true;
    }
    return parts_->tending.step(now);
  } catch (const sqlite::Error& error) {
    return std::unexpected(failure_of(error, "tending the store"));
  }
}

std::expected<void, CommitFailure> Writer::close() {
  assert(!parts_->is_closed);
  try {
    parts_->end();
    parts_->is_closed = true;
    checkpoint_all(parts_->database);
  } catch (const sqlite::Error& error) {
    const CommitFailure failure = failure_of(error, "closing the store");
    // The log has everything, so the next start does what could not be done here.
    if (!parts_->is_closed || failure.kind == CommitFailure::Kind::not_synced)
      return std::unexpected(failure);
  }
  return {};
}

}  // namespace chat::store
