// Somebody who speaks the protocol without a client.
#pragma once

#include <string>
#include <string_view>

#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"
#include "net/unique_fd.hpp"

namespace chat::test {

// In the lobby from its construction on. Blocking; one thread.
class RawUser {
 public:
  // `server` is "127.0.0.1:40123".
  RawUser(std::string_view server, std::string nickname);

  // To the lobby; returns when the server has published it.
  void say(std::string text);

 private:
  void send(const protocol::ClientMessage& message);
  // Reads until a message of this type comes.
  template <class Message>
  Message wait_for();

  net::UniqueFd socket_;
  FrameDecoder decoder_;
  RequestId last_request_;
  RoomId lobby_;
};

}  // namespace chat::test
