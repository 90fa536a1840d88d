// Servers that keep what is said, and say so: what fake clients of "commit" can speak.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bench/protocols/dialect.hpp"

namespace chat::bench {

enum class Keeper : std::uint8_t { edgechat, redis_streams, jetstream };

inline constexpr std::array kKeepers{Keeper::edgechat, Keeper::redis_streams, Keeper::jetstream};

struct KeeperTraits {
  std::string_view name;      // on the command line
  bool senders_read = false;  // who is in a room to send gets what is said there, too
};

const KeeperTraits& traits_of(Keeper keeper);

// For clients 0 to clients - 1, of whom those from `first_reader` on do not send, and those before
// do not read, unless they must. All of these number and acknowledge messages. As make_dialect().
std::unique_ptr<Dialect> make_keeping_dialect(Keeper keeper, const std::string& names,
                                              std::uint32_t clients, ClientIndex first_reader,
                                              MessageEvents& messages, DialectEvents& others);

}  // namespace chat::bench
