// Reads messages from a store, also while a server writes to it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "libchat/ids.hpp"
#include "server/store/stored_message.hpp"

namespace chat::store {

// With a connection of its own, which cannot write. Move-only. One thread at a time; several
// readers may be at work in several threads. Each call sees what was committed when it began. An
// error is a sentence for the log.
class Reader {
 public:
  // The store must have been opened by a Writer of this version once.
  static std::expected<Reader, std::string> open(const std::filesystem::path& folder);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  struct Page {
    std::vector<StoredMessage> messages;  // ascending
    bool more;                            // in what was asked for
    // Of these the store holds something that makes no sense. They are not among the messages, and
    // count for nothing; those around them do.
    std::vector<Sequence> unreadable;
  };

  // `bytes` counts a message's text and nickname, and kBytesBeside. The first message is given
  // whatever it takes. A page ends before a place where the file cannot be read; the page that
  // begins there is an error.
  static constexpr std::size_t kBytesBeside = 32;

  // The messages right below `before` (0: from the end), none below `oldest`.
  std::expected<Page, std::string> before(RoomId room, Sequence before, Sequence oldest,
                                          std::size_t count, std::size_t bytes);

  // The messages from `from` up to `to`, which is not among them. Where retention has taken some,
  // it begins with the first there is.
  std::expected<Page, std::string> from(RoomId room, Sequence from, Sequence to, std::size_t bytes);

  // Behind an error of the above: the first number behind `from` from which on something can be
  // read, as far as a bounded number of tries finds it; `to` at the latest.
  Sequence readable_behind(RoomId room, Sequence from, Sequence to);
  // The same backwards: the first number below `before` right below which something can be read;
  // `oldest` at the least. 0 as above.
  Sequence readable_below(RoomId room, Sequence before, Sequence oldest);

  // Nothing is carried over from the write-ahead log as long as somebody reads, and others wait.
  static constexpr std::chrono::milliseconds kMostSearchTime{150};

  struct Query {
    std::string text;
    std::vector<RoomId> rooms;  // open ones; others are passed over
    UserId user;                // all pairs of whom are searched, too
    std::uint64_t below = 0;    // Found::next of the page before; 0: the first page
    std::size_t count = 0;
    std::size_t bytes = 0;  // as above
    std::chrono::milliseconds most_time = kMostSearchTime;
  };
  struct Hit {
    RoomId room;
    StoredMessage message;
  };
  struct Found {
    std::vector<Hit> hits;
    std::uint64_t next = 0;  // 0: there are no more
  };

  // Messages in which every word of the text occurs, newest first; the last word may be the
  // beginning of one. No text is an error, and one without words finds nothing. So that rooms which
  // may not be read cost little, one call looks at kMostLookedAt messages with the words at most,
  // and for `most_time`, but at one message at least: there may be fewer hits than asked for, also
  // none, and more on the next page. Where so many words begin like the last one that they alone
  // take longer, it is looked for as a whole word; that may take as long again, and then it is an
  // error.
  static constexpr std::size_t kMostLookedAt = 10'000;
  std::expected<Found, std::string> search(const Query& query);

 private:
  struct Parts;
  explicit Reader(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace chat::store
