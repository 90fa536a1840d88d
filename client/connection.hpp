// The connection to the server: bytes to messages and back.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"
#include "net/endpoint.hpp"
#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::client {

// A connected, non-blocking socket. Move-only; one thread.
class Connection {
 public:
  // Looks the host up and tries its addresses one after the other, each for at most `patience`;
  // blocks meanwhile. The failure is that of the last address.
  static std::expected<Connection, net::Failure> open(const net::HostPort& where,
                                                      std::chrono::milliseconds patience);

  // The file descriptor to poll for input while wants_read(), and for output while wants_write().
  int fd() const { return socket_.get(); }
  // False while the server does not take the answers to what it sends.
  bool wants_read() const { return unsent_.size() <= kMaxUnsent; }
  bool wants_write() const { return !unsent_.empty(); }

  // Queues the message; flush() sends it.
  void send(const protocol::ClientMessage& message);
  // Sends what the socket takes now. What fails here shows up at receive().
  void flush();

  struct Received {
    std::vector<protocol::ServerMessage> messages;
    // Set when nothing more will come: a sentence about why, or an empty one when the server
    // said goodbye or simply closed.
    std::optional<std::string> ended;
  };
  // What has come in, at most about 64 KiB of it, so that a flood leaves time for the user; polling
  // again finds the rest. Messages of unknown types are skipped (PROTOCOL.md, "Framing").
  Received receive();

  // After a goodbye: sends what is queued and waits for the server to close, so that it reads all
  // of it; at most `patience`. What it still says is given to `take`.
  void finish(std::chrono::milliseconds patience,
              const std::function<void(const protocol::ServerMessage&)>& take);

 private:
  static constexpr std::size_t kMaxUnsent = 256 * 1024;

  explicit Connection(net::UniqueFd socket) : socket_(std::move(socket)) {}
  void take(ByteView bytes, Received& received);

  net::UniqueFd socket_;
  FrameDecoder decoder_;
  Bytes unsent_;
};

}  // namespace chat::client
