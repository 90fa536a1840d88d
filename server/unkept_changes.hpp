#pragma once

#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "libchat/durable_state.hpp"

namespace chat::server {

// Changes of state that could not be committed: of what changed again, only the latest, and nothing
// of those who came and went meanwhile. So a disk that is full for hours does not fill the memory.
// One thread at a time.
class UnkeptChanges {
 public:
  void add(const StateChange& change);

  // What leads to the present state from what was committed last.
  std::vector<StateChange> all() const;

  bool empty() const { return users_.empty() && rooms_.empty(); }
  void clear();

 private:
  using OfMembership = std::variant<KnownMembership, EndedMembership>;
  struct OfUser {
    bool began = false;  // was not known before
    bool is_forgotten = false;
    bool has_ended = false;  // a session that was committed
    std::optional<KnownUser> known;
    std::optional<KnownSession> session;
    std::map<RoomId, OfMembership> memberships;
    std::map<RoomId, ReadPosition> reads;
  };
  struct OfRoom {
    bool began = false;              // was not known before
    std::optional<KnownRoom> known;  // nothing: forgotten
  };

  void add_one(const KnownUser& known);
  void add_one(const KnownRoom& known);
  void add_one(const KnownSession& known);
  void add_one(const KnownMembership& known);
  void add_one(const ReadPosition& read);
  void add_one(const EndedMembership& ended);
  void add_one(const EndedSession& ended);
  void add_one(const ForgottenRoom& forgotten);
  void add_one(const ForgottenUser& forgotten);

  std::map<UserId, OfUser> users_;
  std::map<RoomId, OfRoom> rooms_;
};

}  // namespace chat::server
