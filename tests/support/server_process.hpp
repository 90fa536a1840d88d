#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace chat::test {

// Under AddressSanitizer a process keeps what it frees, so its size says nothing.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool kMemoryIsMeasurable = false;
#else
inline constexpr bool kMemoryIsMeasurable = true;
#endif

// A chat-server on a port of 127.0.0.1 that the kernel chose. Ends with its owner. One thread.
class ServerProcess {
 public:
  // Returns when the server listens. Throws std::runtime_error when it does not.
  explicit ServerProcess(const std::vector<std::string>& more_arguments = {},
                         const std::function<void()>& prepare = {});

  std::uint16_t port() const { return port_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  Process& process() { return process_; }

  // From /proc.
  std::size_t open_descriptors() const;
  std::size_t resident_bytes() const;

 private:
  Process process_;
  std::uint16_t port_ = 0;
};

}  // namespace chat::test
