// What happens, as JSON: an object in a line of its own.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "libchat/ids.hpp"
#include "libchat/name.hpp"
#include "libchat/protocol.hpp"
#include "tools/pipe/deliveries.hpp"

namespace chat::pipe {

// Tells of one room and of whispers; what is told, and how, is in chat-pipe(1). Each message is
// told once, whatever the server sends again after a lost connection. Nothing that it tells can
// steer a terminal. One thread; time comes in with the calls.
class Events {
 public:
  explicit Events(RoomName room) : room_(std::move(room)) {}

  // To be told before anybody else is.
  void received(const protocol::ServerMessage& message, const Deliveries& deliveries, WallTime now);
  // There is no connection any more; `why` is a sentence, or empty.
  void lost(std::string_view why, WallTime now);
  void failed(const Deliveries::Failed& failed, WallTime now);
  // Why the program ends.
  void error(std::string_view sentence, WallTime now);

  // How long a text may be; nothing before the first welcome.
  std::optional<std::size_t> max_text_bytes() const { return max_text_bytes_; }
  // The sentence of the last request that was refused; empty when none was.
  const std::string& last_refusal() const { return last_refusal_; }
  // Whether the server has refused to let one into a room.
  bool is_room_refused() const { return room_refused_; }

  // The lines since the last call.
  std::string take_lines() { return std::exchange(lines_, {}); }

 private:
  // How the messages of a room or pair are numbered, and up to which they are known.
  struct Followed {
    std::string name;
    bool pair = false;
    Sequence last;
  };

  void on(const protocol::Welcome& welcome);
  void on(const protocol::RoomOpened& opened);
  void on(const protocol::RoomClosed& closed);
  void on(const protocol::Posted& posted);
  void on(const protocol::Joined& joined);
  void on(const protocol::Left& left);
  void on(const protocol::Renamed& renamed);
  void on(const protocol::Presence& presence);
  void on(const protocol::MemberCount& count);
  void on(const protocol::Gap& gap);
  void on(const protocol::Error& error);
  void on(const protocol::Notice& notice);
  void on(const protocol::Goodbye& goodbye);
  // What says nothing to a script.
  template <class Message>
  void on(const Message&) {}
  void acknowledged(const protocol::Acknowledged& acknowledged, const Deliveries& deliveries);

  // Null when it is neither the room nor a pair.
  Followed* find(RoomId room);
  // Null when it is not the room.
  const Followed* find_room(RoomId room);
  void missed(const Followed& room, std::optional<std::pair<Sequence, Sequence>> numbers);
  void tell(const nlohmann::ordered_json& event);

  RoomName room_;
  std::map<RoomId, Followed> followed_;
  Epoch epoch_;
  UserId me_;
  WallTime now_;  // as of the call that is being served
  bool connected_ = false;
  bool resumed_ = false;
  bool room_refused_ = false;
  std::optional<std::size_t> max_text_bytes_;
  std::string last_refusal_;
  std::string goodbye_;  // why the server ends the connection
  std::string lines_;
};

}  // namespace chat::pipe
