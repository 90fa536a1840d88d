// What a line of input asks for.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace chat::client::command {

struct Say {
  std::string text;
  bool operator==(const Say&) const = default;
};
struct Action {
  std::string text;
  bool operator==(const Action&) const = default;
};
struct Whisper {
  std::string nickname;
  std::string text;
  bool operator==(const Whisper&) const = default;
};
// Shows the conversation with somebody.
struct Query {
  std::string nickname;
  std::string text;  // to be said in it; may be empty
  bool operator==(const Query&) const = default;
};
struct Nick {
  std::string nickname;
  bool operator==(const Nick&) const = default;
};
// The user does not look.
struct Away {
  std::string text;  // why, or until when; may be empty
  bool operator==(const Away&) const = default;
};
struct Back {
  bool operator==(const Back&) const = default;
};
struct Join {
  std::string room;
  bool operator==(const Join&) const = default;
};
struct Leave {
  std::string room;  // empty: the one in front
  bool operator==(const Leave&) const = default;
};
struct Close {
  bool operator==(const Close&) const = default;
};
// To the room or conversation that is meant by a part of its name.
struct Go {
  std::string text;  // empty: where one was before
  bool operator==(const Go&) const = default;
};
struct Who {
  bool operator==(const Who&) const = default;
};
struct Rooms {
  bool operator==(const Rooms&) const = default;
};
struct Search {
  std::string words;  // empty: what was found last
  bool operator==(const Search&) const = default;
};
// Says once more what was not sent.
struct Resend {
  bool operator==(const Resend&) const = default;
};
struct Clear {
  bool operator==(const Clear&) const = default;
};
struct Help {
  bool operator==(const Help&) const = default;
};
struct Keys {
  bool operator==(const Keys&) const = default;
};
// Shows or changes settings.
struct Set {
  std::string name;   // empty: all
  std::string value;  // empty: shows it
  bool operator==(const Set&) const = default;
};
// Takes the default again.
struct Unset {
  std::string name;
  bool operator==(const Unset&) const = default;
};
// Shows or changes what a key does.
struct Bind {
  std::string key;     // empty: all
  std::string action;  // empty: shows it
  bool operator==(const Bind&) const = default;
};
struct Quit {
  bool operator==(const Quit&) const = default;
};

using Command = std::variant<Say, Action, Whisper, Query, Nick, Away, Back, Join, Leave, Close, Go,
                             Who, Rooms, Search, Resend, Clear, Help, Keys, Set, Unset, Bind, Quit>;

// Takes a line that is not blank apart. The error is a sentence for the user.
//
// "/name arguments" is a command, "//text" the text "/text", "@nickname text" a whisper; all else,
// an '@' anywhere else included, is text.
std::expected<Command, std::string> parse(std::string_view line);

// Whether a line that is being written goes to the room where one is, as far as can be told by now.
bool is_said_here(std::string_view line);

struct Description {
  std::string_view name;       // "/join"
  std::string_view arguments;  // "ROOM"
  std::string_view purpose;
};

// All commands, in the order in which /help explains them.
std::span<const Description> descriptions();

}  // namespace chat::client::command
