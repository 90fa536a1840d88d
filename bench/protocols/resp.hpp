// Values of Redis' protocol, RESP3 (https://redis.io/docs/reference/protocol-spec/).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace chat::bench {

// Size of the value at the front, its type and all that is inside it included; 0 while it is not
// complete. Nothing for what is no value, or larger or deeper than any that is expected here.
std::optional<std::size_t> resp_value_at_front(std::string_view text);

// The first string of an array or push, as "message"; empty when there is none. Precondition: the
// value is complete.
std::string_view first_string_of(std::string_view value);

}  // namespace chat::bench
