// What a client remembers beyond its own life, per server and nickname.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/unsent.hpp"
#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"
#include "libchat/name.hpp"

namespace chat::client {

// Who one is for the server.
struct Credentials {
  IdentityId identity;
  IdentitySecret secret;
  Bytes token;  // of a session that was not ended; empty: none
};

struct GivenUp {
  UnsentMessage message;
  std::string why;  // what goes before its text: "Perhaps not sent"
};

// A conversation as one had it.
struct KnownPair {
  RoomId room;
  UserId other;      // 0: not known
  std::string name;  // the other one's nickname
  Epoch epoch;       // in which the numbers mean something
  Sequence read;     // up to where the user has seen it
  bool operator==(const KnownPair&) const = default;
};

// What was being written somewhere. Whoever a conversation is with, the name may be another one's
// by now.
struct KeptDraft {
  std::string room;  // as the user sees it called: "lobby", "@Lea"
  UserId other;      // of a conversation: who that is; 0: not known
  Epoch epoch;       // in which that means somebody
  std::string text;

  bool is_of_same_place(const KeptDraft& draft) const {
    return other == draft.other && epoch == draft.epoch &&
           (other != UserId{} || room == draft.room);
  }
  bool operator==(const KeptDraft&) const = default;
};

struct Remembered {
  Credentials credentials;
  std::vector<UnsentMessage> unsent;   // in the order in which it was said
  std::vector<GivenUp> given_up = {};  // in the order in which that happened
  std::vector<KnownPair> pairs = {};   // of this identity, the latest
  std::vector<KeptDraft> drafts = {};
  std::vector<std::string> rooms = {};  // that one was in, in the order in which they were entered
};

// One thread. Nothing here fails: a client that cannot remember still chats, and says so once.
class State {
 public:
  virtual ~State() = default;

  // What is remembered for the nickname, or a new identity. The other calls are about it from now
  // on, and come after it.
  virtual Remembered recall(const Nickname& nickname) = 0;
  // The identity is refused or in use: there is a new one from now on, without a token.
  virtual Credentials renew() = 0;

  // Of the session that has begun; empty: it was ended.
  virtual void keep_token(ByteView token) = 0;

  // The message is kept until it is done, that is acknowledged; one that was given up until the
  // user must have seen that.
  virtual void said(const UnsentMessage& message) = 0;
  virtual void attempted(const MessageId& id) = 0;
  virtual void done(const MessageId& id) = 0;
  virtual void given_up(const MessageId& id, std::string_view why) = 0;
  virtual void given_up_seen() = 0;

  // The last ones are kept, until they are forgotten or the identity is another one.
  virtual void keep_pair(const KnownPair& pair) = 0;
  virtual void forget_pair(RoomId room) = 0;
  // What is being written in a room, instead of what was before; an empty text: nothing any more.
  // By default it is not remembered.
  virtual void keep_draft(const KeptDraft&) {}
  // One is in this room, however it is written, until it is forgotten. The same default.
  virtual void keep_room(std::string_view) {}
  virtual void forget_room(std::string_view) {}

  // Whether what is not done outlives this client.
  virtual bool is_lasting() const = 0;
  // A sentence about what cannot be remembered; once.
  virtual std::optional<std::string> take_trouble() = 0;
};

}  // namespace chat::client
