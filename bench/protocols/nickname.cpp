#include "bench/protocols/nickname.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace chat::bench {
namespace {

std::string base_36(std::uint64_t number, std::size_t least_digits) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string text;
  for (; number > 0 || text.size() < least_digits; number /= kDigits.size())
    text.insert(text.begin(), kDigits[number % kDigits.size()]);
  return text;
}

}  // namespace

std::string nickname_of(std::string_view names, ClientIndex client) {
  return fmt::format("{}-{}", names, client);
}

// The client has a fixed number of digits, or 1 and 23 would be 12 and 3.
std::string short_nickname_of(ClientIndex client) {
  constexpr ClientIndex kThreeDigits = 36 * 36 * 36;
  const bool short_one = client < kThreeDigits;
  return (short_one ? "b" : "c") + base_36(static_cast<std::uint64_t>(getpid()), 1) +
         base_36(client, short_one ? 3 : 4);
}

}  // namespace chat::bench
