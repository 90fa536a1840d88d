// A chat-server that a scenario starts for itself, since it also has to restart it, or to reach its
// store.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/load/clock.hpp"
#include "bench/load/run_folder.hpp"
#include "bench/load/server_program.hpp"
#include "net/endpoint.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace chat::bench {

struct OwnServerOptions {
  std::filesystem::path server_program;       // an executable
  std::optional<std::filesystem::path> data;  // empty, or not there; nothing: a temporary one
  std::string durability = "power";
  std::optional<std::uint32_t> reactors;
};
void add_own_server_options(CLI::App& scenario, OwnServerOptions& options);

// Ends with its owner, or with the thread that started it. Errors are sentences. One thread.
class OwnServer {
 public:
  // Returns when it serves on a port of 127.0.0.1, or does not within `patience`.
  static std::expected<OwnServer, std::string> start(const OwnServerOptions& options,
                                                     Duration patience);
  OwnServer(OwnServer&&) = default;

  pid_t pid() const { return program_.pid(); }
  const net::SocketAddress& address() const { return address_; }
  // Where its store lies.
  const std::filesystem::path& data() const { return folder_.path(); }

  // Ends it as an administrator does, and starts another one on the same store and port.
  std::expected<void, std::string> restart(Duration patience);
  // Ends it; what it does then may be trouble, too.
  std::expected<void, std::string> stop(Duration patience) { return program_.stop(patience); }

 private:
  OwnServer(RunFolder folder, ServerProgram program, const net::SocketAddress& address,
            const OwnServerOptions& options)
      : folder_(std::move(folder)),
        program_(std::move(program)),
        address_(address),
        options_(options) {}

  RunFolder folder_;
  ServerProgram program_;
  net::SocketAddress address_;
  OwnServerOptions options_;
};

}  // namespace chat::bench
