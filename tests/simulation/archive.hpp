// Reads what a simulated server keeps, when the script says so, and in small pieces.
#pragma once

#include <cstddef>
#include <deque>
#include <variant>

#include "libchat/ids.hpp"
#include "libchat/outbox.hpp"
#include "server/feed.hpp"
#include "tests/simulation/disk.hpp"

namespace chat::sim {

// One thread.
class Archive {
 public:
  using Question = std::variant<server::FeedQuestion, outbox::ReadHistory>;
  struct ReadAnswer {
    ConnectionId connection;
    Bytes frames;
  };
  struct Answer {
    ReactorId reactor;
    std::variant<server::FeedAnswer, ReadAnswer> what;
  };

  // The disk outlives it.
  explicit Archive(const Disk& disk) : disk_(disk) {}

  void ask(ReactorId reactor, const Question& question) { waiting_.push_back({reactor, question}); }
  bool is_idle() const { return waiting_.empty(); }
  // To the question that has waited longest. Precondition: there is one.
  Answer answer_next();
  // The process has ended.
  void drop_all() { waiting_.clear(); }

 private:
  struct Asked {
    ReactorId reactor;
    Question question;
  };

  server::FeedAnswer answer(const server::FeedQuestion& question) const;
  ReadAnswer answer(const outbox::ReadHistory& question) const;
  const test::KeptStore::Messages& messages_of(RoomId room) const;

  const Disk& disk_;
  std::deque<Asked> waiting_;
};

}  // namespace chat::sim
