// Reads what was said from the store, in threads of its own, so that neither the reactors nor the
// ledger wait for it. Questions come from reactors, and answers go back to the one that asked.
// Connections are answered in turn, however many questions one of them has.
#pragma once

#include <spdlog/logger.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"
#include "libchat/outbox.hpp"
#include "server/feed.hpp"
#include "server/store/reader.hpp"
#include "server/turns.hpp"

namespace chat::server {

// To outbox::ReadHistory or outbox::Search.
struct ReadAnswer {
  ConnectionId connection;
  Bytes frames;
};

class Archive {
 public:
  using Question = std::variant<FeedQuestion, outbox::ReadHistory, outbox::Search>;
  using Answer = std::variant<FeedAnswer, ReadAnswer>;

  // How much one answer to a FeedQuestion carries, roughly.
  static constexpr std::size_t kFeedBytes = 32 * 1024;

  // Opens the store for each thread; an error is a sentence for people. The log outlives the
  // archive.
  static std::expected<std::unique_ptr<Archive>, std::string> open(
      const std::filesystem::path& folder, std::size_t reactors, spdlog::logger& log);
  // `wake` is called, in any of the threads, when a reactor can take an answer. Once, before any
  // question.
  void start(std::function<void(ReactorId)> wake);
  // What is being read is read to the end, which takes some tenths of a second at most; what waits
  // is not answered.
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // Any thread.
  void ask(ReactorId reactor, Question question);
  // The answers for a reactor, which takes them all. Any thread.
  std::vector<Answer> take(ReactorId reactor);

 private:
  struct Asked {
    ReactorId reactor;
    Question question;
  };
  // Searches may take long, and have a thread to themselves.
  struct Desk {
    explicit Desk(store::Reader store) : reader(std::move(store)) {}
    store::Reader reader;  // the thread's own
    std::mutex mutex;
    std::condition_variable wakeup;
    Turns<std::pair<ReactorId, ConnectionId>, Asked> waiting;
    bool ending = false;
    std::jthread thread;
  };
  struct Answers {
    std::mutex mutex;
    std::vector<Answer> ready;
  };

  Archive(store::Reader pages, store::Reader searches, std::size_t reactors, spdlog::logger& log);
  void serve(Desk& desk);
  Answer answer(store::Reader& reader, const FeedQuestion& question);
  Answer answer(store::Reader& reader, const outbox::ReadHistory& question);
  Answer answer(store::Reader& reader, const outbox::Search& question);
  void end(Desk& desk);

  std::function<void(ReactorId)> wake_;
  spdlog::logger& log_;
  std::deque<Answers> answers_;  // by reactor
  Desk pages_;
  Desk searches_;
};

}  // namespace chat::server
