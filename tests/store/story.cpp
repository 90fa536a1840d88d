#include "tests/store/story.hpp"

#include <utility>

namespace chat::store::test {
namespace {

constexpr RoomId kGarden{2};
constexpr RoomId kPair{5};

Batch lobby_talk() {
  return {said(kLobby, kLisa, 1, "Good morning"), said(kLobby, kTom, 1, "Hello Lisa"),
          said(kLobby, kEve, 1, "Hello both")};
}

Batch garden_talk() {
  return {said(kGarden, kLisa, 2, "roses"), said(kLobby, kTom, 2, "Where is she?")};
}

// Takes several pages.
Batch long_talk() {
  Batch batch;
  for (std::uint64_t i = 0; i < 6; ++i)
    batch.push_back(said(kLobby, kEve, 10 + i, fmt::format("{} {}", i, std::string(1'500, 'x'))));
  return batch;
}

Batch whispers() {
  return {said(kPair, kLisa, 3, "psst"), said(kPair, kTom, 3, "what?")};
}

Batch talk_of_the_second_run() {
  return {said(kLobby, kLisa, 4, "again here"), said(kGarden, kTom, 4, "me too")};
}

Batch talk_of_the_third_run() {
  return {said(kLobby, kTom, 5, "and again")};
}

std::vector<StateChange> known_of_pair() {
  return {pair_of(kPair, kLisa, kTom), KnownSession{kLisa, {1, 1}, "Lisa"},
          KnownMembership{kLisa, kPair, true, {1}}};
}

Story::Step committing(std::string name, Batch batch, std::vector<StateChange> changes = {}) {
  return {std::move(name), [batch = std::move(batch), changes = std::move(changes)](Story& story) {
            return story.commit(batch, changes);
          }};
}

}  // namespace

Contents contents_of(const std::filesystem::path& folder) {
  Contents contents;
  Reader reader = reading(folder);
  for (const RoomId room : {kLobby, kGarden, kPair}) {
    if (auto found = texts(reader, room); !found.empty())
      contents[room] = std::move(found);
  }
  return contents;
}

Environment machine(std::string boot_id) {
  return {std::move(boot_id), [](const std::filesystem::path&) { return "file"; }};
}

std::vector<Story::Step> Story::steps(Durability durability) {
  const Step opening{"open", [durability](Story& story) { return story.open(durability); }};
  const Step tending{"tend", [](Story& story) { return story.tend(); }};
  const Step crashing{"crash", [](Story& story) {
                        story.crash();
                        return true;
                      }};
  return {opening,
          committing("talk", lobby_talk(), beginning()),
          committing("room", garden_talk(), {open_room(kGarden, "garden")}),
          committing("much", long_talk()),
          tending,  // carries the log over
          committing("pair", whispers(), known_of_pair()),
          tending,
          tending,  // takes the oldest texts
          crashing,
          opening,
          committing("second", talk_of_the_second_run(), {EndedSession{kLisa}}),
          tending,
          {"close", [](Story& story) { return story.close(); }},
          opening,
          committing("third", talk_of_the_third_run(), {ForgottenUser{kEve}}),
          tending};
}

std::vector<Entry> said_in_story() {
  std::vector<Entry> all;
  for (const Batch& batch : {lobby_talk(), garden_talk(), long_talk(), whispers(),
                             talk_of_the_second_run(), talk_of_the_third_run()})
    all.insert(all.end(), batch.begin(), batch.end());
  return all;
}

bool Story::open(Durability durability) {
  writer_.reset();
  failure_.reset();
  auto writer = Writer::open({.folder = folder_,
                              .durability = durability,
                              .retention = {.per_room = per_room_},
                              .pages_between_checkpoints = 20},
                             kNow, machine("boot"));
  if (!writer)
    return false;
  writer_ = std::move(*writer);
  return true;
}

bool Story::commit(const Batch& batch, const std::vector<StateChange>& changes) {
  Batch copy = batch;
  const auto committed = test::commit(*writer_, copy, changes);
  for (const Entry& entry : copy)
    CHECK((message_of(entry).sequence != Sequence{}) == committed.has_value());
  failure_ = committed ? std::nullopt : std::optional(committed.error());
  return committed.has_value();
}

bool Story::tend() {
  const auto tended = writer_->tend(kNow);
  failure_ = tended ? std::nullopt : std::optional(tended.error());
  return tended.has_value();
}

bool Story::close() {
  const auto closed = writer_->close();
  failure_ = closed ? std::nullopt : std::optional(closed.error());
  if (closed)
    writer_.reset();
  return closed.has_value();
}

}  // namespace chat::store::test
