// What happens to a store in its life, step by step, and what is in it then.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/store/writer.hpp"
#include "tests/store/chatting.hpp"

namespace chat::store::test {

// The messages of every room, as "3 text".
using Contents = std::map<RoomId, std::vector<std::string>>;
Contents contents_of(const std::filesystem::path& folder);

// A file that stays itself wherever it is.
Environment machine(std::string boot_id);

// One server at a time, whose parts all succeed or fail as one.
class Story {
 public:
  struct Step {
    std::string name;
    std::function<bool(Story&)> happens;  // false: it could not
  };
  // Every kind of thing that is done to a store, with a crash of the server and a clean end.
  static std::vector<Step> steps(Durability durability);

  static constexpr std::uint64_t kPerRoom = 7;

  // Without a bound everything stays.
  explicit Story(std::filesystem::path folder, std::optional<std::uint64_t> per_room = kPerRoom)
      : folder_(std::move(folder)), per_room_(per_room) {}

  bool open(Durability durability);
  bool commit(const Batch& batch, const std::vector<StateChange>& changes = {});
  // One piece.
  bool tend();
  bool close();
  void crash() { writer_.reset(); }

  const std::filesystem::path& folder() const { return folder_; }
  // Why the last step that could not happen could not; nothing when it was open().
  const std::optional<CommitFailure>& failure() const { return failure_; }
  bool is_open() const { return writer_.has_value(); }

 private:
  std::filesystem::path folder_;
  std::optional<std::uint64_t> per_room_;
  std::optional<Writer> writer_;
  std::optional<CommitFailure> failure_;
};

// Everything that is said in it.
std::vector<Entry> said_in_story();

}  // namespace chat::store::test
