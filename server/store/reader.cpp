#include "server/store/reader.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "server/store/folder.hpp"
#include "server/store/opening.hpp"
#include "server/store/schema.hpp"
#include "server/store/search_words.hpp"
#include "server/store/sqlite.hpp"
#include "server/store/state_rows.hpp"
#include "server/store/time_limit.hpp"

namespace chat::store {
namespace {

// Numbers that are asked for may be anything; those in the store have no highest bit.
Sequence clamped(Sequence sequence) {
  return std::min(sequence, Sequence{std::numeric_limits<std::int64_t>::max()});
}

std::size_t size_of(const StoredMessage& message) {
  return message.text.size() + message.nickname.size() + Reader::kBytesBeside;
}

// How much of a page is left.
class Allowance {
 public:
  Allowance(std::size_t count, std::size_t bytes) : count_(count), bytes_(bytes) {}

  // False: the message has no room. The first one always has.
  bool take(const StoredMessage& message) {
    const std::size_t size = size_of(message);
    if (count_ == 0 || (!is_first_ && size > bytes_))
      return false;
    --count_;
    bytes_ -= std::min(size, bytes_);
    is_first_ = false;
    return true;
  }

 private:
  std::size_t count_;
  std::size_t bytes_;
  bool is_first_ = true;
};

// How much of the distance is one step, where something is looked for that can be read.
constexpr std::uint64_t kFineness = 32;

bool is_damage(const sqlite::Error& error) {
  return error.primary_code() == SQLITE_CORRUPT || error.primary_code() == SQLITE_NOTADB;
}

// As many rows as there is room for.
void fill(Reader::Page& page, sqlite::Rows& rows, Allowance allowance) {
  try {
    while (rows.next()) {
      auto message = message_in(rows);
      if (!message) {
        page.unreadable.push_back(rows.sequence(0));
      } else if (allowance.take(*message)) {
        page.messages.push_back(std::move(*message));
      } else {
        page.more = true;
        return;
      }
    }
  } catch (const sqlite::Error& error) {
    if (page.messages.empty() || !is_damage(error))
      throw;
    page.more = true;
  }
}

// Whether the first row between two numbers can be read, or there is none.
bool can_read_first(sqlite::Statement& messages, RoomId room, Sequence first, Sequence second) {
  try {
    auto rows = messages.query(room, clamped(first), clamped(second));
    rows.next();
    return true;
  } catch (const sqlite::Error&) {
    return false;
  }
}

}  // namespace

struct Reader::Parts {
  explicit Parts(sqlite::Database opened) : database(std::move(opened)) {}

  bool can_begin(RoomId room, Sequence from, Sequence to) {
    return can_read_first(above, room, from, to);
  }
  bool can_end(RoomId room, Sequence before, Sequence oldest) {
    return can_read_first(below, room, before, oldest);
  }
  Sequence end_of(RoomId room);
  std::vector<RoomId> visible_rooms(const Query& query);
  Found search(const Query& query, const std::string& words);

  sqlite::Database database;
  // A room that is forgotten may still have messages.
  sqlite::Statement below{
      database, fmt::format("SELECT {} FROM messages WHERE room = ?1 AND sequence < ?2 AND "
                            "sequence >= ?3 AND room IN (SELECT room FROM rooms) ORDER BY "
                            "sequence DESC",
                            kMessageColumns)};
  sqlite::Statement above{
      database, fmt::format("SELECT {} FROM messages WHERE room = ?1 AND sequence >= ?2 AND "
                            "sequence < ?3 AND room IN (SELECT room FROM rooms) ORDER BY sequence",
                            kMessageColumns)};
  sqlite::Statement last_of{database, "SELECT last FROM rooms WHERE room = ?"};
  sqlite::Statement is_open{database, "SELECT 1 FROM rooms WHERE room = ? AND kind = 1"};
  sqlite::Statement pairs{database, kPairsOfUser};
  sqlite::Statement hits{
      database, fmt::format("SELECT {}, search.rowid FROM search JOIN messages ON "
                            "messages.message = search.rowid WHERE search.text MATCH ?1 AND "
                            "search.rowid < ?2 ORDER BY search.rowid DESC",
                            kMessageColumns)};
};

Reader::Reader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

std::expected<Reader, std::string> Reader::open(const std::filesystem::path& folder) {
  try {
    sqlite::Database database = open_to_read(folder).database;
    if (const auto readable = check_schema(database); !readable)
      return std::unexpected(sentence_on(folder, readable.error()));
    return Reader(std::make_unique<Parts>(std::move(database)));
  } catch (const sqlite::Error& error) {
    return std::unexpected(sentence_on(folder, describe(error)));
  }
}

namespace {

std::unexpected<std::string> unreadable(RoomId room, std::string_view where, Sequence sequence,
                                        const sqlite::Error& error) {
  return std::unexpected(fmt::format("Reading room {} {} message {} failed: the store {}.",
                                     room.value, where, sequence.value, describe(error)));
}

}  // namespace

std::expected<Reader::Page, std::string> Reader::before(RoomId room, Sequence before,
                                                        Sequence oldest, std::size_t count,
                                                        std::size_t bytes) {
  const Sequence end =
      clamped(before == Sequence{} ? Sequence{std::numeric_limits<std::uint64_t>::max()} : before);
  Page page{};
  try {
    auto rows = parts_->below.query(room, end, clamped(oldest));
    fill(page, rows, {count, bytes});
  } catch (const sqlite::Error& error) {
    return unreadable(room, "below", end, error);
  }
  std::ranges::reverse(page.messages);
  std::ranges::reverse(page.unreadable);
  return page;
}

std::expected<Reader::Page, std::string> Reader::from(RoomId room, Sequence from, Sequence to,
                                                      std::size_t bytes) {
  Page page{};
  try {
    auto rows = parts_->above.query(room, clamped(from), clamped(to));
    fill(page, rows, {std::numeric_limits<std::size_t>::max(), bytes});
  } catch (const sqlite::Error& error) {
    return unreadable(room, "from", from, error);
  }
  return page;
}

Sequence Reader::Parts::end_of(RoomId room) {
  try {
    auto rows = last_of.query(room);
    return rows.next() ? rows.sequence(0) + 1 : Sequence{1};
  } catch (const sqlite::Error&) {
    return Sequence{1};
  }
}

// In steps that become longer with the distance, and then back to where it begins.
Sequence Reader::readable_behind(RoomId room, Sequence from, Sequence to) {
  Sequence cannot = from;
  Sequence can = from + 1;
  while (can < to && !parts_->can_begin(room, can, to)) {
    cannot = can;
    can = can + 1 + (can.value - from.value) / kFineness;
  }
  can = std::min(can, to);
  while (cannot + 1 < can) {
    const Sequence middle{std::midpoint(cannot.value, can.value)};
    (parts_->can_begin(room, middle, to) ? can : cannot) = middle;
  }
  return can;
}

Sequence Reader::readable_below(RoomId room, Sequence before, Sequence oldest) {
  const Sequence from = before == Sequence{} ? parts_->end_of(room) : clamped(before);
  Sequence cannot = from;
  Sequence can = std::max(from, oldest + 1) - 1;
  while (can > oldest && !parts_->can_end(room, can, oldest)) {
    cannot = can;
    const std::uint64_t step = 1 + (from.value - can.value) / kFineness;
    can = Sequence{can.value - std::min(step, can.value - oldest.value)};
  }
  while (can + 1 < cannot) {
    const Sequence middle{std::midpoint(can.value, cannot.value)};
    (parts_->can_end(room, middle, oldest) ? can : cannot) = middle;
  }
  return can;
}

std::vector<RoomId> Reader::Parts::visible_rooms(const Query& query) {
  std::vector<RoomId> rooms;
  for (const RoomId room : query.rooms) {
    if (is_open.query(room).next())
      rooms.push_back(room);
  }
  auto rows = pairs.query(query.user);
  while (rows.next())
    rooms.push_back(rows.id<RoomId>(0));
  return rooms;
}

Reader::Found Reader::Parts::search(const Query& query, const std::string& words) {
  const std::vector<RoomId> visible = visible_rooms(query);
  const std::unordered_set<RoomId> rooms(visible.begin(), visible.end());
  const std::uint64_t end =
      query.below == 0 ? std::numeric_limits<std::uint64_t>::max() : query.below;
  Found found;
  std::uint64_t last = 0;
  const sqlite::TimeLimit limit(database, query.most_time);
  try {
    Allowance allowance(query.count, query.bytes);
    auto rows = hits.query(std::string_view(words), clamped(Sequence{end}));
    for (std::size_t looked_at = 0; rows.next(); ++looked_at) {
      const auto room = rows.id<RoomId>(kRoomColumn);
      auto message = rooms.contains(room) ? message_in(rows) : std::nullopt;
      const bool is_enough = looked_at == kMostLookedAt || (looked_at > 0 && limit.has_passed());
      if (is_enough || (message && !allowance.take(*message))) {
        found.next = last;
        break;
      }
      last = static_cast<std::uint64_t>(rows.integer(kBehindMessage));
      if (message)
        found.hits.push_back({room, std::move(*message)});
    }
  } catch (const sqlite::Error& error) {
    if (!sqlite::TimeLimit::is_of(error) || last == 0)
      throw;
    found.next = last;
  }
  return found;
}

std::expected<Reader::Found, std::string> Reader::search(const Query& query) {
  if (query.count == 0)
    return Found{};
  for (const LastWord last : {LastWord::beginning, LastWord::whole}) {
    const std::string words = search_words(query.text, last);
    if (words.empty())
      return Found{};
    try {
      return parts_->search(query, words);
    } catch (const sqlite::Error& error) {
      if (!sqlite::TimeLimit::is_of(error))
        return std::unexpected(fmt::format("Searching failed: the store {}.", describe(error)));
    }
  }
  return std::unexpected("Searching failed: it would take too long.");
}

}  // namespace chat::store
