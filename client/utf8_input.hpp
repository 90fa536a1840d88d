// Characters from the bytes that a terminal sends.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace chat::client {

// Puts UTF-8 together byte by byte; a character may come in several reads. What is not UTF-8 is
// dropped, and what follows it is not. A plain value.
class Utf8Input {
 public:
  // The character that this byte completes.
  std::optional<std::string> take(unsigned char byte);

 private:
  std::string partial_;
  std::size_t expected_ = 0;  // bytes of the character that partial_ begins
};

}  // namespace chat::client
