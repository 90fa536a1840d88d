// What a client's state file says, and its lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/drafts.hpp"
#include "client/history.hpp"
#include "client/state.hpp"
#include "client/unsent.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// A plain value.
struct KeptState {
  // As many as the user could look at in the history of the input line.
  static constexpr std::size_t kMostGivenUp = History::kMaxLines;
  static constexpr std::size_t kMostPairs = 64;
  // Above what servers let one be in.
  static constexpr std::size_t kMostRooms = 1000;

  // As many as a client has itself.
  static constexpr std::size_t kMostDrafts = Drafts::kMaxDrafts;

  Credentials credentials;
  Unsent unsent;
  std::vector<GivenUp> given_up;
  std::vector<KnownPair> pairs;    // the one that was kept last comes last
  std::vector<KeptDraft> drafts;   // what changed last is the last one
  std::vector<std::string> rooms;  // in the order in which they were entered

  bool knows(const MessageId& id) const;
  // No effect on unknown messages.
  void give_up(const MessageId& id, std::string why);
  void forget(const MessageId& id);
  // Instead of what was known of the same pair. False when that is nothing new.
  bool keep_pair(KnownPair pair);
  // False when it is not known.
  bool forget_pair(RoomId room);
  // An empty text: nothing is written there any more. Of too many the oldest is forgotten. False
  // when that changes nothing.
  bool keep_draft(const KeptDraft& draft);

  // By their names, however these are written. Of too many the last is not kept. False when that
  // changes nothing.
  bool keep_room(std::string_view name);
  bool forget_room(std::string_view name);

  // Later lines change what earlier ones say. False when the line makes no sense.
  bool take_over(std::string_view line);
  // Messages to send or to be told of, or a session to take up. For a draft alone nobody is to come
  // back as somebody else.
  bool leaves_something() const {
    return unsent.size() > 0 || !given_up.empty() || !credentials.token.empty();
  }
  // As few as say all of it.
  std::vector<std::string> lines() const;
};

std::string identity_line(const Credentials& credentials);
std::string token_line(const Credentials& credentials);
std::string said_line(const UnsentMessage& message);
std::string attempted_line(const MessageId& id);
std::string pair_line(const KnownPair& pair);
std::string pair_gone_line(RoomId room);
std::string room_line(std::string_view name);
std::string room_gone_line(std::string_view name);
std::string done_line(const MessageId& id);
std::string draft_line(const KeptDraft& draft);
std::string given_up_line(const MessageId& id, std::string_view why);

}  // namespace chat::client
