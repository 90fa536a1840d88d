// Every operation on the disk that a store does in its life fails, one after the other.
#include <algorithm>
#include <cerrno>

#include "server/store/check.hpp"
#include "tests/store/memory_folder.hpp"
#include "tests/store/story.hpp"
#include "tests/store/watched_disk.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;

namespace {

struct Trouble {
  bool is_full;   // a write finds no space; otherwise half of it is done, and then it fails
  bool lasts;     // to the end of the step; otherwise for one operation
  bool is_crash;  // then the server is killed; otherwise it goes on
};

Refusal refusal_of(const Operation& operation, const Trouble& trouble) {
  switch (operation.kind) {
    case Operation::Kind::open:
      return {SQLITE_CANTOPEN, trouble.is_full ? ENOSPC : EMFILE};
    case Operation::Kind::write:
      return trouble.is_full ? Refusal{SQLITE_FULL, ENOSPC}
                             : Refusal{SQLITE_IOERR_WRITE, EIO, operation.bytes.size() / 2};
    case Operation::Kind::truncate:
      return {SQLITE_IOERR_TRUNCATE, EIO};
    case Operation::Kind::sync:
      return {SQLITE_IOERR_FSYNC, EIO};
    case Operation::Kind::remove:
      return {SQLITE_IOERR_DELETE, EIO};
  }
  return {SQLITE_IOERR, EIO};
}

// A disk on which one operation fails. Only what happens in steps counts.
class TroubledDisk {
 public:
  TroubledDisk(std::size_t operation, Trouble trouble) : left_(operation), trouble_(trouble) {
    disk_.watch = [this](const Operation& next) { return judge(next); };
  }

  // Whether something failed meanwhile, and what.
  bool step(Story& story, const Story::Step& step) {
    is_watching_ = true;
    failed_.reset();
    const bool happened = step.happens(story);
    is_watching_ = false;
    has_ended_ = has_ended_ || failed_.has_value();
    return happened;
  }

  bool has_failed() const { return has_ended_; }
  const std::optional<Operation::Kind>& failed() const { return failed_; }

 private:
  std::optional<Refusal> judge(const Operation& operation) {
    if (!is_watching_ || has_ended_)
      return std::nullopt;
    const bool fails = failed_ ? trouble_.lasts : left_-- == 0;
    if (!fails)
      return std::nullopt;
    if (!failed_)
      failed_ = operation.kind;
    return refusal_of(operation, trouble_);
  }

  std::size_t left_;
  Trouble trouble_;
  bool is_watching_ = false;
  bool has_ended_ = false;
  std::optional<Operation::Kind> failed_;
  WatchedDisk disk_;
};

// What was ever committed, after each step; retention takes nothing.
std::vector<Contents> everything_committed() {
  std::vector<Contents> contents;
  const MemoryFolder folder;
  Story story(folder.path(), std::nullopt);
  for (const Story::Step& step : Story::steps(Durability::power)) {
    REQUIRE(step.happens(story));
    contents.push_back(contents_of(folder.path()));
  }
  return contents;
}

// All of it, but for old messages that retention may take.
bool is_all_of(const Contents& found, const Contents& committed) {
  return found.size() == committed.size() && std::ranges::all_of(committed, [&](const auto& room) {
           const auto here = found.find(room.first);
           if (here == found.end())
             return false;
           const std::size_t fewest = std::min<std::size_t>(room.second.size(), Story::kPerRoom);
           return here->second.size() >= fewest && here->second.size() <= room.second.size() &&
                  std::equal(here->second.rbegin(), here->second.rend(), room.second.rbegin());
         });
}

void check_kind(const TroubledDisk& disk, const Trouble& trouble, const CommitFailure& failure) {
  if (disk.failed() == Operation::Kind::sync)
    CHECK(failure.kind == CommitFailure::Kind::not_synced);
  else if (disk.failed() == Operation::Kind::write && trouble.is_full && !trouble.lasts)
    CHECK(failure.kind == CommitFailure::Kind::full);
  else if (!trouble.lasts && !trouble.is_full)
    CHECK(failure.kind == CommitFailure::Kind::failed);
  CHECK_FALSE(failure.sentence.empty());
}

// A step that could not happen has left nothing, unless nothing is certain; and then it can happen.
void recover(Story& story, const Story::Step& step, TroubledDisk& disk, const Trouble& trouble,
             const Contents& before, const Contents& after) {
  const auto failure = story.failure();
  if (!failure) {  // it could not be opened
    REQUIRE(step.happens(story));
    return;
  }
  check_kind(disk, trouble, *failure);
  const bool is_uncertain = failure->kind == CommitFailure::Kind::not_synced;
  if (is_uncertain || trouble.is_crash)
    REQUIRE(story.open(Durability::power));
  const Contents now = contents_of(story.folder());
  if (is_uncertain && is_all_of(now, after))
    return;
  CHECK(is_all_of(now, before));
  REQUIRE(step.happens(story));
}

// The whole story with one failure. False: there are not so many operations in it.
bool tell(std::size_t operation, const Trouble& trouble, const std::vector<Contents>& committed) {
  const MemoryFolder folder;
  TroubledDisk disk(operation, trouble);
  Story story(folder.path());
  const auto steps = Story::steps(Durability::power);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    CAPTURE(steps[i].name);
    const bool had_failed = disk.has_failed();
    const bool happened = disk.step(story, steps[i]);
    // Nobody may go on as if nothing had been.
    if (disk.failed() == Operation::Kind::sync)
      CHECK_FALSE(happened);
    if (!happened)
      recover(story, steps[i], disk, trouble, i == 0 ? Contents{} : committed[i - 1], committed[i]);
    if (!had_failed && disk.has_failed())
      CHECK(is_all_of(contents_of(folder.path()), committed[i]));
  }
  CHECK(is_all_of(contents_of(folder.path()), committed.back()));
  const Verdict verdict = check(folder.path());
  CHECK_MESSAGE(verdict.is_sound, verdict.lines.front());
  return disk.has_failed();
}

}  // namespace

TEST_CASE("whatever fails, nothing that was committed is lost, and nothing that was not is there") {
  Trouble trouble{};
  SUBCASE("no space, once") {
    trouble = {.is_full = true, .lasts = false, .is_crash = false};
  }
  SUBCASE("no space for a while, then killed") {
    trouble = {.is_full = true, .lasts = true, .is_crash = true};
  }
  SUBCASE("half written for a while") {
    trouble = {.is_full = false, .lasts = true, .is_crash = false};
  }
  SUBCASE("half written once, then killed") {
    trouble = {.is_full = false, .lasts = false, .is_crash = true};
  }
  const auto committed = everything_committed();
  std::size_t operation = 0;
  bool more = true;
  for (; more; ++operation) {
    CAPTURE(operation);
    more = tell(operation, trouble, committed);
  }
  const std::size_t operations = operation - 1;
  MESSAGE(operations, " operations");
  CHECK(operations > 200);
}
