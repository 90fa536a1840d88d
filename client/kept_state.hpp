// What a client's state file says, and its lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/state.hpp"
#include "client/unsent.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// A plain value.
struct KeptState {
  Credentials credentials;
  Unsent unsent;

  // Later lines change what earlier ones say. False when the line makes no sense.
  bool take_over(std::string_view line);
  // Messages to send, or a session to take up.
  bool leaves_something() const { return unsent.size() > 0 || !credentials.token.empty(); }
  // As few as say all of it.
  std::vector<std::string> lines() const;
};

std::string identity_line(const Credentials& credentials);
std::string token_line(const Credentials& credentials);
std::string said_line(const UnsentMessage& message);
std::string attempted_line(const MessageId& id);
std::string done_line(const MessageId& id);

}  // namespace chat::client
