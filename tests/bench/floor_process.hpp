#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/process.hpp"

namespace chat::test {

// A floor on a port of 127.0.0.1 that the kernel chose. Ends with its owner.
class FloorProcess {
 public:
  explicit FloorProcess(const std::string& mode) : process_({FLOOR, "--mode", mode}) {
    const std::string_view before_port = "floor: listening on 127.0.0.1:";
    const auto line = process_.wait_for_line(before_port);
    REQUIRE_MESSAGE(line.has_value(), process_.standard_error());
    port_ = static_cast<std::uint16_t>(std::stoi(line->substr(before_port.size())));
  }

  std::uint16_t port() const { return port_; }
  Process& process() { return process_; }

 private:
  Process process_;
  std::uint16_t port_ = 0;
};

}  // namespace chat::test
