// The one that writes to a store.
#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>

#include "libchat/durable_state.hpp"
#include "libchat/identity.hpp"
#include "libchat/ids.hpp"
#include "libchat/ledger.hpp"
#include "server/store/commit_failure.hpp"
#include "server/store/environment.hpp"
#include "server/store/store_options.hpp"

namespace chat::store {

// Move-only. One thread at a time, whichever it is. Destroyed without close() it leaves the store
// as the end of the process would.
class Writer {
 public:
  // Makes the folder and the store where there are none, keeps other servers away for as long as it
  // lives, brings an older store up to date, and decides on the epoch. What an earlier run has
  // committed is on the disk when this returns, also when that run could not sync it. Not of use
  // any more and gone: users whom nobody has seen for as long as `retention.guests` says, and their
  // pairs. An error is one sentence for people.
  static std::expected<Writer, std::string> open(
      const StoreOptions& options, WallTime now,
      const Environment& environment = Environment::of_this_machine());
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  ~Writer();

  struct Opened {
    Epoch epoch;
    TokenMint::Key token_key;
    DurableState state;
    bool epoch_is_new;
    std::uint64_t lost_commits;  // which the log had, and which are lost since it is damaged
  };
  // Once.
  Opened take_opened();

  // In one transaction the changes in their order, then the messages in theirs. Each message has
  // its number then; or its sender has said it before, in this call or whenever in the last seven
  // days, and it is not stored again. Presence is passed over. As safe as the durability says when
  // this returns. Precondition: the rooms of the messages are known by then, or forgotten by these
  // changes; what is said in the latter gets a number, and is gone with its room.
  // After a failure nothing of it is there and no message has a number (for `not_synced` see
  // CommitFailure); the next call may succeed.
  std::expected<void, CommitFailure> commit(std::span<Batch> batches,
                                            std::span<const StateChange> changes);

  // Whether something could be committed now: writes a little, as safe as the durability says,
  // after a look at whether there is space for more than that. Failures as above.
  std::expected<void, CommitFailure> probe();

  // A piece of what has to be done beside committing, some milliseconds of it: carrying the log
  // over into the database, taking away what retention does not want, and whispers of people who do
  // not come back, forgetting ids that are old. Whether there is more to be done at once; otherwise
  // it is worth asking again after a second, or a commit. Failures as above; where it is not
  // `not_synced`, nothing that was committed is touched by it.
  std::expected<bool, CommitFailure> tend(WallTime now);

  // The store is complete: the next start knows that nothing was lost. Once, and nothing behind it.
  std::expected<void, CommitFailure> close();

 private:
  struct Parts;
  explicit Writer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace chat::store
