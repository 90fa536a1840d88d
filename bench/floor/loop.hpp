// The floor's loop: epoll, edge-triggered, in one thread. A round: wait; accept; read what is
// ready; let the exchange send; forget who left.
#pragma once

#include <sys/epoll.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "bench/floor/exchange.hpp"
#include "net/unique_fd.hpp"
#include "server/listener.hpp"
#include "server/poller.hpp"

namespace chat::floor {

// One thread. System failures throw std::system_error.
class Loop {
 public:
  // Serves who connects to the listener; it ends when `stop` becomes readable. All outlive the
  // loop.
  Loop(const server::Listener& listener, const net::UniqueFd& stop, Exchange& exchange);

  // Returns when it was stopped.
  void run();

 private:
  void handle(const epoll_event& event);
  void accept_all();
  void admit(net::UniqueFd socket);
  void queue(Client& client);
  void read_ready();
  // Gives the number of bytes that came.
  std::size_t read(Client& client);
  void pass_on(Client& client, ByteView bytes);
  void close(Client& client);

  const server::Listener& listener_;
  Exchange& exchange_;
  server::Poller poller_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<std::unique_ptr<Client>> closed_;  // in this round
  std::deque<Client*> ready_;                    // may have something to read
  bool stopped_ = false;
  std::unique_ptr<std::uint8_t[]> scratch_;
};

}  // namespace chat::floor
