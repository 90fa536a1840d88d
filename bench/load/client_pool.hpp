// Thousands of client sockets in one thread: epoll, edge-triggered, non-blocking. Knows nothing of
// what is said through them.
#pragma once

#include <sys/epoll.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "bench/load/client_index.hpp"
#include "bench/load/clock.hpp"
#include "libchat/bytes.hpp"
#include "net/endpoint.hpp"
#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::bench {

// Told what happens to the sockets, in ClientPool::poll.
class PoolEvents {
 public:
  virtual void connected(ClientIndex client) = 0;
  // Bytes came in, and `at` is when. Gives how many it took off their front; the rest comes again
  // with the bytes that follow. The view lives as long as the call.
  virtual std::size_t received(ClientIndex client, ByteView bytes, Instant at) = 0;
  // The connection ended, or was never made; not said of close() and reset().
  virtual void closed(ClientIndex client, const net::Failure& why) = 0;
  // The connection was reset, as reset_after() had asked for.
  virtual void was_reset(ClientIndex client) = 0;

 protected:
  ~PoolEvents() = default;
};

// One thread. The events may call back into the pool.
class ClientPool {
 public:
  // For clients 0 to size - 1.
  static std::expected<ClientPool, net::Failure> make(net::SocketAddress server,
                                                      std::uint32_t size);

  // Begins to connect; connected() or closed() follows. Precondition: is not open, and this is not
  // called from an event of the same client.
  std::expected<void, net::Failure> connect(ClientIndex client);

  // From now on connect() goes to another address; those who are connected stay so.
  void move_to(const net::SocketAddress& server) { server_ = server; }

  // Queues bytes, unbounded; flush() or poll() sends them. Ignored when it is not open.
  void send(ClientIndex client, ByteView bytes);
  void flush();

  // From here on nothing is received for the client, and the kernel's buffers fill up; until it
  // reads on. Precondition of both: is connected, and this is not called from an event of it.
  void stop_reading(ClientIndex client) { watch(client, false); }
  void read_on(ClientIndex client) { watch(client, true); }

  // Sends what is queued, waits for something to happen, and reports it.
  std::expected<void, net::Failure> poll(Duration longest, PoolEvents& events);

  // How many are connected or connecting.
  std::uint32_t open() const { return open_; }
  // What is queued is sent as far as the kernel takes it.
  void close(ClientIndex client);

  bool is_open(ClientIndex client) const { return static_cast<bool>(sockets_[client].fd); }
  // How many bytes are queued, and not sent yet.
  std::size_t queued(ClientIndex client) const {
    return sockets_[client].unsent.size() - sockets_[client].sent;
  }
  // Breaks the connection as a peer that is suddenly gone does (RST). Of what is queued, the first
  // `still_sent` bytes go out before, as far as the kernel takes them.
  void reset(ClientIndex client, std::size_t still_sent);
  // The same as soon as so many more bytes, at least one, have come; was_reset() follows. Nobody
  // hears of those behind them. kNever calls it off. Precondition: is open.
  static constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();
  void reset_after(ClientIndex client, std::size_t received) {
    sockets_[client].until_reset = received;
  }

 private:
  struct Socket {
    net::UniqueFd fd;
    bool connecting = false;
    bool reading = true;
    Bytes unread{};  // the front of a frame whose rest has not come yet
    Bytes unsent{};
    std::size_t sent = 0;              // of unsent
    std::size_t until_reset = kNever;  // bytes still to come
  };

  ClientPool(net::SocketAddress server, std::uint32_t size, net::UniqueFd epoll);

  void watch(ClientIndex client, bool reading);
  void handle(ClientIndex client, std::uint32_t what, PoolEvents& events);
  void finish_connecting(ClientIndex client, PoolEvents& events);
  void read(ClientIndex client, bool ends, PoolEvents& events);
  void take(ClientIndex client, std::size_t bytes, PoolEvents& events);
  void write(ClientIndex client);
  void drop(ClientIndex client, net::Failure why, PoolEvents& events);
  void forget(ClientIndex client);

  net::SocketAddress server_;
  net::UniqueFd epoll_;
  std::vector<Socket> sockets_;
  std::uint32_t open_ = 0;
  std::vector<ClientIndex> to_flush_;
  std::vector<epoll_event> ready_;
  // Everything is read into this one buffer; what was unread of a client is copied to its front.
  std::unique_ptr<std::uint8_t[]> scratch_;
};

}  // namespace chat::bench
