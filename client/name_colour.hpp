// Which colour a nickname has.
#pragma once

#include <cstdint>
#include <string_view>

namespace chat::client {

// A number that the terminal makes one of its colours of; 0: none.
struct NameColour {
  std::uint16_t value = 0;
  bool operator==(const NameColour&) const = default;
};

// Always the same for the same nickname, however it is spelt. Never 0.
NameColour colour_of(std::string_view nickname);

}  // namespace chat::client
