// The power fails behind every operation on the disk that a store does in its life.
#include <algorithm>
#include <memory>

#include "server/store/check.hpp"
#include "tests/store/memory_folder.hpp"
#include "tests/store/power_failure.hpp"
#include "tests/store/story.hpp"
#include "tests/store/watched_disk.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::Random;

namespace {

// A step of the story, and which operations it consisted of.
struct Done {
  std::string name;
  std::size_t first_operation;
  std::size_t end_operation;
  Contents contents;  // when it was done
};

struct Recording {
  std::vector<Operation> operations;
  std::vector<Done> steps;
};

Recording record(Durability durability) {
  Recording recording;
  const MemoryFolder folder;
  WatchedDisk disk;
  disk.watch = [&](const Operation& operation) {
    recording.operations.push_back(operation);
    return std::nullopt;
  };
  Story story(folder.path());
  for (const Story::Step& step : Story::steps(durability)) {
    const std::size_t first = recording.operations.size();
    REQUIRE(step.happens(story));
    const std::size_t end = recording.operations.size();
    recording.steps.push_back({step.name, first, end, contents_of(folder.path())});
    // Reading opens files, too.
    recording.operations.resize(end);
  }
  return recording;
}

// What may be there when the first `operations` were done: what the last step that was done then
// has left, or the one that was under way.
struct Possible {
  Contents before;
  Contents after;
  bool is_opened = false;     // a run had begun by then
  std::size_t clean_end = 0;  // steps up to the last clean end; all is certain that was before it
};

Possible possible_at(const Recording& recording, std::size_t operations) {
  Possible possible;
  for (std::size_t i = 0; i < recording.steps.size(); ++i) {
    const Done& step = recording.steps[i];
    if (step.end_operation > operations) {
      possible.after = step.contents;
      return possible;
    }
    possible.before = possible.after = step.contents;
    possible.is_opened = true;
    if (step.name == "close")
      possible.clean_end = i;
  }
  return possible;
}

bool is_some_state(const Recording& recording, std::size_t from, const Contents& contents) {
  return contents.empty() ||
         std::any_of(recording.steps.begin() + static_cast<std::ptrdiff_t>(from),
                     recording.steps.end(),
                     [&](const Done& step) { return step.contents == contents; });
}

std::vector<StateChange> all_rooms() {
  auto known = beginning();
  known.push_back(open_room({2}, "garden"));
  known.push_back(pair_of({5}, kLisa, kTom));
  return known;
}

// Everybody says again what they have ever said. What is there is known; the rest is not.
void check_ids(Writer& writer, const Contents& contents) {
  Batch again = said_in_story();
  REQUIRE(commit(writer, again, all_rooms()).has_value());
  for (const Entry& entry : again) {
    const AcceptedMessage& message = message_of(entry);
    const auto room = contents.find(entry.room);
    const bool is_there =
        room != contents.end() && std::ranges::any_of(room->second, [&](const std::string& text) {
          return text.ends_with(message.text);
        });
    if (!is_there)
      continue;
    CHECK(message.sequence == Sequence{});
    REQUIRE(message.said_before.has_value());
    CHECK(std::ranges::count(room->second, fmt::format("{} {}", message.said_before->sequence.value,
                                                       message.text)) == 1);
  }
}

// A server is started on what is left. Whether it says that nothing was lost.
struct Found {
  Contents contents;
  bool epoch_is_new;
};

Found start_on(const std::filesystem::path& folder, Durability durability) {
  auto writer =
      Writer::open({.folder = folder, .durability = durability}, kNow, machine("another boot"));
  REQUIRE_MESSAGE(writer.has_value(), writer.error());
  Found found{contents_of(folder), writer->take_opened().epoch_is_new};
  const Verdict verdict = check(folder);
  CHECK_MESSAGE(verdict.is_sound, verdict.lines.front());
  check_ids(*writer, found.contents);
  CHECK(check(folder).is_sound);
  return found;
}

constexpr int kTears = 3;

// Every way in which the power can fail after so many operations.
template <class Judge>
void fail_power(const FailingPower& power, std::size_t operations, Durability durability,
                Judge judge) {
  for (int variant = 0; variant < 2 + kTears; ++variant) {
    const auto unsynced = variant == 0   ? Unsynced::lost
                          : variant == 1 ? Unsynced::kept
                                         : Unsynced::torn;
    Random random(static_cast<unsigned>(operations * 100) + static_cast<unsigned>(variant));
    CAPTURE(operations);
    CAPTURE(variant);
    const MemoryFolder folder;
    power.leave(folder.path(), unsynced, random);
    judge(start_on(folder.path(), durability), unsynced);
  }
}

template <class Judge>
void fail_power_everywhere(const Recording& recording, Durability durability, Judge judge) {
  FailingPower power({"edgechat.db"});
  for (std::size_t operations = 0; operations <= recording.operations.size(); ++operations) {
    const Possible possible = possible_at(recording, operations);
    fail_power(power, operations, durability,
               [&](const Found& found, Unsynced unsynced) { judge(possible, found, unsynced); });
    if (operations < recording.operations.size())
      power.add(recording.operations[operations]);
  }
}

}  // namespace

TEST_CASE("power: whatever is lost, what was committed is there, and the rest whole or absent") {
  const Recording recording = record(Durability::power);
  MESSAGE(recording.operations.size(), " operations");
  fail_power_everywhere(
      recording, Durability::power, [](const Possible& possible, const Found& found, Unsynced) {
        CHECK((found.contents == possible.before || found.contents == possible.after));
        if (possible.is_opened)
          CHECK_FALSE(found.epoch_is_new);
      });
}

TEST_CASE("process: what is there is whole, and a new epoch begins unless it is everything") {
  const Recording recording = record(Durability::process);
  MESSAGE(recording.operations.size(), " operations");
  fail_power_everywhere(recording, Durability::process,
                        [&](const Possible& possible, const Found& found, Unsynced unsynced) {
                          const bool is_all =
                              found.contents == possible.before || found.contents == possible.after;
                          CHECK(is_some_state(recording, possible.clean_end, found.contents));
                          // A process that ends alone loses nothing.
                          if (unsynced == Unsynced::kept)
                            CHECK(is_all);
                          if (!found.epoch_is_new)
                            CHECK(is_all);
                        });
}

namespace {

// A story in which one sync fails; where that ends the server, another one is started.
class StoryWithFailingSync {
 public:
  explicit StoryWithFailingSync(std::size_t sync) : left_(sync) {
    disk_.watch = [this](const Operation& operation) { return judge(operation); };
  }

  bool has_failed() const { return has_failed_; }

  // After each step that the other server does everything must be certain that can be seen.
  void tell() {
    Contents before;
    for (const Story::Step& step : Story::steps(Durability::power)) {
      CAPTURE(step.name);
      if (!step.happens(story_))
        start_another(step, before);
      else if (step.name == "open")
        power_.sync_folder();
      before = contents_of(folder_.path());
      if (has_failed_)
        check_certain();
    }
  }

 private:
  void start_another(const Story::Step& step, const Contents& before) {
    const bool was_opening = !story_.is_open();
    REQUIRE(story_.open(Durability::power));
    // The writer does, beside SQLite.
    power_.sync_folder();
    check_certain();
    if (!was_opening && contents_of(folder_.path()) == before)
      REQUIRE(step.happens(story_));
  }

  std::optional<Refusal> judge(const Operation& operation) {
    if (is_checking_)
      return std::nullopt;
    Operation added = operation;
    added.fails = operation.kind == Operation::Kind::sync && left_-- == 0;
    power_.add(added);
    if (!added.fails)
      return std::nullopt;
    has_failed_ = true;
    return Refusal{SQLITE_IOERR_FSYNC, EIO};
  }

  void check_certain() {
    const MemoryFolder left;
    Random random(0);
    power_.leave(left.path(), Unsynced::lost, random);
    is_checking_ = true;
    CHECK(start_on(left.path(), Durability::power).contents == contents_of(folder_.path()));
    is_checking_ = false;
  }

  std::size_t left_;
  bool has_failed_ = false;
  bool is_checking_ = false;  // on other files
  const MemoryFolder folder_;
  FailingPower power_{{"edgechat.db"}};
  WatchedDisk disk_;
  Story story_{folder_.path()};
};

}  // namespace

TEST_CASE("what another server begins with after a failed sync is certain") {
  std::size_t sync = 0;
  for (bool more = true; more; ++sync) {
    CAPTURE(sync);
    StoryWithFailingSync story(sync);
    story.tell();
    more = story.has_failed();
  }
  MESSAGE(sync, " syncs");
  CHECK(sync > 20);
}
