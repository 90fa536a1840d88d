// What keeps messages and state: in memory alone, or a store with a thread that commits to it and
// threads that read from it.
#pragma once

#include <spdlog/logger.h>

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "libchat/durable_state.hpp"
#include "libchat/identity.hpp"
#include "libchat/ids.hpp"
#include "libchat/ledger.hpp"
#include "server/archive.hpp"
#include "server/ledger_thread.hpp"
#include "server/options.hpp"

namespace chat::server {

// Move-only. The owner's thread.
class Storage {
 public:
  // An error is a sentence about why the store cannot be used. The log outlives it.
  static std::expected<Storage, std::string> open(const Options& options, spdlog::logger& log);

  Ledger& ledger() { return *ledger_; }
  Archive* archive() { return archive_.get(); }  // null: nothing is kept

  // What is in the store at the start.
  Epoch epoch() const { return epoch_; }
  const TokenMint::Key& token_key() const { return token_key_; }
  const DurableState& state() const { return state_; }
  // It was taken up, and takes no more memory here.
  void drop_state() { state_ = {}; }

  // `wake` makes a reactor go round; it is called in any thread.
  void start(std::size_t reactors, const std::function<void(ReactorId)>& wake);
  // Reads nothing more, commits what is left, and leaves the store complete. Nobody asks or submits
  // any more.
  void finish();

 private:
  std::unique_ptr<Ledger> ledger_;
  LedgerThread* thread_ = nullptr;  // the same, when it is one
  std::unique_ptr<Archive> archive_;
  Epoch epoch_;
  TokenMint::Key token_key_{};
  DurableState state_;
};

}  // namespace chat::server
