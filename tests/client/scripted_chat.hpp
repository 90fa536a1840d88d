// A chat with a server that says only what a test lets it say.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <variant>

#include "libchat/protocol.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/scripted_server.hpp"

namespace chat::test {

inline constexpr RoomId kLobby{1};

// Or there would be days between what the client and the server say.
inline WallTime wall_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<milliseconds>(since_epoch).count()};
}

// Ann in the lobby of a server that says only what a test lets it say.
struct ScriptedChat {
  ScriptedChat() : ann(client_at(server.address(), "Ann", 80, 24)) {
    server.welcome();
    REQUIRE(ann.shows("1 person"));
  }

  // What she says next.
  protocol::Say next_said() {
    for (;;) {
      const auto message = server.next();
      if (const auto* said = std::get_if<protocol::Say>(&message))
        return *said;
    }
  }

  void publish(const protocol::Say& said, Sequence number) {
    server.send(protocol::Acknowledged{.request = said.request,
                                       .id = said.id,
                                       .room = kLobby,
                                       .sequence = number,
                                       .time = wall_now()});
    server.send(protocol::Posted{.room = kLobby,
                                 .sequence = number,
                                 .time = wall_now(),
                                 .user = {1},
                                 .nickname = "Ann",
                                 .text = said.text});
  }

  ScriptedServer server;
  PtyProgram ann;
};

}  // namespace chat::test
