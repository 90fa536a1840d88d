// What a client knows from what it was sent, and an oracle beside: every frame is held to what
// PROTOCOL.md promises a client.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "libchat/protocol.hpp"

namespace chat::test {

class ClientView {
 public:
  struct RoomView {
    RoomKind kind;
    std::string name;
    Sequence next;
    std::map<UserId, std::string> members;
    bool is_listed;
    bool has_whole_list = false;
    // After a gap the log may tell again what the snapshot held already.
    bool had_gap = false;
    // The session was taken up again: the same holds, and own messages may stand in the room whose
    // acknowledgement was lost.
    bool was_reopened = false;
    std::set<UserId> lost;   // members whose connection broke
    bool has_ended = false;  // a pair of which one has left
    std::vector<std::string> messages;
  };

  // Takes a frame; fails the test when it may not come now.
  void take(const protocol::ServerMessage& message);

  // The frames that follow come through another connection, where requests are counted anew. Its
  // welcome may take up the session.
  void begin_connection() { answered_.clear(); }
  // How far it knows each room.
  std::vector<protocol::LastRead> read() const;

  UserId user() const { return user_; }
  const std::string& nickname() const { return nickname_; }
  const std::map<RoomId, RoomView>& rooms() const { return rooms_; }
  // All that was read of each room since it was entered first, also of rooms left since.
  const std::map<RoomId, std::map<Sequence, std::string>>& history() const { return history_; }
  // Requests answered, each once.
  const std::set<RequestId>& answered() const { return answered_; }

 private:
  void on(const protocol::Welcome& m);
  void on(const protocol::RoomOpened& m);
  void on(const protocol::RoomClosed& m);
  void on(const protocol::NicknameChanged& m);
  void on(const protocol::Acknowledged& m);
  void on(const protocol::MemberPage& m);
  void on(const protocol::RoomPage& m);
  void on(const protocol::Error& m);
  void on(const protocol::Gap& m);
  void on(const protocol::Posted& m);
  void on(const protocol::Joined& m);
  void on(const protocol::Left& m);
  void on(const protocol::Renamed& m);
  void on(const protocol::MemberCount& m);
  void on(const protocol::Presence& m);
  void on(const protocol::Typing& m) { hear_of(m.room, m.user); }
  void on(const protocol::Away& m) { hear_of(m.room, m.user); }
  void hear_of(RoomId id, UserId user);
  void on(const protocol::Ping&) {}
  void on(const protocol::Pong&) {}
  void on(const protocol::Goodbye&) {}
  void on(const protocol::History& m) { answer(m.request); }
  void on(const protocol::SearchResults& m) { answer(m.request); }
  void on(const protocol::Notice&) {}

  // True when a presence frame must fit the list of members exactly.
  static bool is_exact(const RoomView& view) {
    return view.has_whole_list && !view.had_gap && !view.was_reopened;
  }
  // In a pair of a session that was taken up again there may be own messages that it does not know.
  static bool may_skip(const RoomView& view) {
    return view.kind == RoomKind::pair && view.was_reopened;
  }
  // Answers a hello that has taken up the session.
  bool is_resuming(RequestId request) const { return was_resumed_ && request == hello_; }
  void answer(RequestId request);
  void pass_own(RoomId id, RoomView& view);
  RoomView& room(RoomId id);

  UserId user_;
  std::string nickname_;
  RequestId hello_;  // that was answered with the welcome
  bool was_resumed_ = false;
  std::map<RoomId, RoomView> rooms_;
  std::set<RoomId> closed_;
  std::map<RoomId, std::map<Sequence, std::string>> history_;
  std::map<RoomId, std::set<Sequence>> acknowledged_;
  std::set<RequestId> answered_;
};

}  // namespace chat::test
