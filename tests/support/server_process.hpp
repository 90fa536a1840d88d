#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chat::test {

// A chat-server on a port of 127.0.0.1 that the kernel chose. Has as many reactors as the arguments
// say; without, as the environment variable EDGECHAT_TEST_REACTORS says, so that all tests can be
// run with any number; without, the server's default. It keeps messages in memory alone, unless the
// arguments give a --durability; its store lies in a folder of its own, unless they give a --data.
// One thread.
class ServerProcess {
 public:
  // Returns when the server listens. Throws std::runtime_error when it does not.
  explicit ServerProcess(const std::vector<std::string>& more_arguments = {},
                         const std::function<void()>& prepare = {});
  // Ends the server, so that sanitizers look at its end too, within some 2 s when peers are still
  // connected. The running test fails when the server had crashed, does not end, or has failed in
  // any way that no test provokes.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  Process& process() { return process_; }

  // From /proc.
  std::size_t open_descriptors() const;
  std::size_t resident_bytes() const;

 private:
  TemporaryFolder folder_;
  Process process_;
  std::uint16_t port_ = 0;
};

}  // namespace chat::test
