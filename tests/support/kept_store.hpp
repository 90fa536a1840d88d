// What a store on a disk holds, as the simplest thing that can be right: values in maps.
#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <variant>
#include <vector>

#include "libchat/ledger.hpp"

namespace chat::test {

struct KeptMessage {
  WallTime time;
  AcceptedMessage message;
};

class KeptStore {
 public:
  void apply(const StateChange& change) {
    std::visit([&](const auto& what) { apply_one(what); }, change);
  }

  // Numbers a message, or says that it was said before.
  void commit(RoomId room, WallTime time, AcceptedMessage& message) {
    const auto key = std::pair(message.from.user, message.id);
    if (const auto known = ids_.find(key); known != ids_.end()) {
      message.said_before = known->second;
      return;
    }
    auto& messages = messages_[room];
    Sequence& last = last_[room];
    last = message.sequence = last + 1;
    messages.emplace(message.sequence, KeptMessage{time, message});
    ids_.emplace(key, SaidBefore{message.body, room, message.sequence, time});
  }

  // As a later process finds it.
  DurableState state() const {
    DurableState state;
    for (const auto& [id, user] : users_)
      state.users.push_back(user);
    for (const auto& [id, room] : rooms_) {
      const auto last = last_.find(id);
      state.rooms.push_back({room, (last == last_.end() ? Sequence{} : last->second) + 1});
    }
    for (const auto& [user, session] : sessions_)
      state.sessions.push_back(session);
    for (const auto& [key, membership] : memberships_)
      state.memberships.push_back(membership);
    for (const auto& [key, read] : reads_)
      state.reads.push_back(read);
    state.last_user = UserId{(++starts_) << 32};
    state.last_room = last_room_;
    return state;
  }

  using Messages = std::map<Sequence, KeptMessage>;
  const std::map<RoomId, Messages>& messages() const { return messages_; }
  const std::map<RoomId, KnownRoom>& rooms() const { return rooms_; }
  const std::map<UserId, KnownUser>& users() const { return users_; }
  const std::map<UserId, KnownSession>& sessions() const { return sessions_; }
  using Memberships = std::map<std::pair<UserId, RoomId>, KnownMembership>;
  const Memberships& memberships() const { return memberships_; }
  using Reads = std::map<std::pair<UserId, RoomId>, ReadPosition>;
  const Reads& reads() const { return reads_; }

 private:
  void apply_one(const KnownUser& user) { users_[user.user] = user; }
  void apply_one(const KnownRoom& room) {
    rooms_[room.room] = room;
    last_room_ = std::max(last_room_, room.room);
  }
  void apply_one(const KnownSession& session) { sessions_[session.user] = session; }
  void apply_one(const KnownMembership& membership) {
    memberships_[{membership.user, membership.room}] = membership;
  }
  void apply_one(const ReadPosition& read) {
    if (read.sequence == Sequence{})
      reads_.erase({read.user, read.room});
    else
      reads_[{read.user, read.room}] = read;
  }
  void apply_one(const EndedMembership& ended) { memberships_.erase({ended.user, ended.room}); }
  void apply_one(const EndedSession& ended) {
    sessions_.erase(ended.user);
    std::erase_if(memberships_, [&](const auto& entry) { return entry.first.first == ended.user; });
  }
  void apply_one(const ForgottenRoom& room) {
    std::erase_if(reads_, [&](const auto& entry) { return entry.first.second == room.room; });
    rooms_.erase(room.room);
    messages_.erase(room.room);
    last_.erase(room.room);
  }
  void apply_one(const ForgottenUser& user) {
    users_.erase(user.user);
    std::erase_if(reads_, [&](const auto& entry) { return entry.first.first == user.user; });
  }

  std::map<UserId, KnownUser> users_;
  std::map<RoomId, KnownRoom> rooms_;
  std::map<UserId, KnownSession> sessions_;
  Memberships memberships_;
  Reads reads_;
  std::map<RoomId, Messages> messages_;
  std::map<RoomId, Sequence> last_;
  std::map<std::pair<UserId, MessageId>, SaidBefore> ids_;
  RoomId last_room_;
  mutable std::uint64_t starts_ = 0;
};

}  // namespace chat::test
