// The server: listening sockets, the hub, and reactors in a thread each.
#pragma once

#include <spdlog/logger.h>

#include <cstddef>
#include <expected>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "net/failure.hpp"
#include "server/listener.hpp"
#include "server/options.hpp"
#include "server/reactor.hpp"
#include "server/shared_hub.hpp"
#include "server/storage.hpp"

namespace chat::server {

// All addresses that the options name. Fails whole when one of them cannot be listened on.
std::expected<std::vector<Listener>, net::Failure> open_listeners(const Options& options);

class Server {
 public:
  Server(const Options& options, std::vector<Listener> listeners, Storage storage,
         std::size_t max_connections, std::shared_ptr<spdlog::logger> log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Serves in the background. When the system cannot start as many threads, none of them can be
  // stopped in step any more: say so, and end the process.
  std::expected<void, net::Failure> start();
  // Says goodbye to everyone, and returns when all are gone or their time is up.
  void stop();

 private:
  std::shared_ptr<spdlog::logger> log_;
  std::vector<Listener> listeners_;
  Storage storage_;
  SharedHub hub_;
  Arrivals arrivals_;
  Admission admission_;
  Shutdown shutdown_;
  std::vector<std::unique_ptr<Reactor>> reactors_;
  std::vector<std::jthread> threads_;
};

}  // namespace chat::server
