// A server that does what a test says, also what a real one never would.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"
#include "net/unique_fd.hpp"
#include "tests/support/deadline.hpp"

namespace chat::test {

// Listens on a port of 127.0.0.1 that the kernel chose, and talks to one client at a time. Blocks,
// up to a deadline; throws std::runtime_error when what is waited for does not come. One thread.
class ScriptedServer {
 public:
  ScriptedServer();

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  // Takes the next client; that before it is left.
  void accept();
  // Takes the next client and its hello, and puts it into the lobby as "Ann".
  void welcome();
  // The same, as a server that knows nothing of sessions.
  void welcome_as_version_1();
  void leave_client() { client_.reset(); }
  // Lets no further client in: the kernel's queue is full, and whoever connects has to wait.
  void block_the_door();

  // The client's next message.
  protocol::ClientMessage next();
  template <class Message>
  void send(const Message& message) {
    send_bytes(protocol::encode(message));
  }
  void send_bytes(ByteView bytes);
  // As much as the kernel takes at once; waits for it to take anything. 0 at the deadline, or when
  // the client is gone.
  std::size_t send_some(ByteView bytes, Deadline deadline);

 private:
  protocol::Hello accept_hello();
  void send_lobby(RequestId hello);

  net::UniqueFd listener_;
  std::uint16_t port_ = 0;
  net::UniqueFd queued_;
  net::UniqueFd client_;
  FrameDecoder decoder_;
  std::deque<protocol::ClientMessage> received_;
};

}  // namespace chat::test
