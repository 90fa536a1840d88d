// What the user has said and the server has not acknowledged.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "libchat/ids.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::client {

struct UnsentMessage {
  MessageId id{};
  std::string room{};  // the name of an open room; empty: a whisper
  std::string to{};    // of a whisper: the other one's nickname
  UserId to_user{};    // who was meant by it; 0: whoever has it
  Epoch epoch{};       // in which to_user means somebody
  MessageKind kind = MessageKind::text;
  std::string text{};
  WallTime time{};         // when it was said
  bool attempted = false;  // it was handed to a connection: the server may have it
  bool shown = false;      // it came through its room, so that only the acknowledgement is missing

  bool is_whisper() const { return room.empty(); }
};

// In the order in which it was said. A plain value.
class Unsent {
 public:
  using Messages = std::deque<UnsentMessage>;

  const Messages& messages() const { return messages_; }
  std::size_t size() const { return messages_.size(); }
  // How many of them were handed to a connection.
  std::size_t attempted() const { return attempted_; }
  // How many of those for an open room did not come through it yet; and how many whispers there
  // are.
  std::size_t waiting_in(const std::string& room) const;
  std::size_t whispers() const { return whispers_; }
  // Null when it is not known. Valid until the next change.
  const UnsentMessage* find(const MessageId& id) const;

  void add(UnsentMessage message);
  // No effect on an unknown one.
  void mark_attempted(const MessageId& id);
  // One's own text came through a room: it is the first of those that the server may have.
  void mark_shown(std::string_view room, MessageKind kind, std::string_view text);
  // The room is written in this way from now on.
  void spell_room(std::string_view name);
  // It was acknowledged, or given up; nothing when it is not known.
  std::optional<UnsentMessage> take(const MessageId& id);

 private:
  Messages::iterator place_of(const MessageId& id);
  // The message is to be counted no more, or again.
  void uncount(const UnsentMessage& message);
  void count(const UnsentMessage& message);

  Messages messages_;
  std::size_t attempted_ = 0;
  std::size_t whispers_ = 0;
  std::map<std::string, std::size_t> waiting_;  // by room; never 0
};

}  // namespace chat::client
