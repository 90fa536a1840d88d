#include "bench/protocols/keeping.hpp"

#include "bench/protocols/edgechat.hpp"
#include "bench/protocols/jetstream.hpp"
#include "bench/protocols/redis_streams.hpp"

namespace chat::bench {
namespace {

// By Keeper.
constexpr std::array<KeeperTraits, kKeepers.size()> kTraits{{
    {.name = "edgechat", .senders_read = true},
    {.name = "redis-streams"},
    {.name = "jetstream"},
}};

}  // namespace

const KeeperTraits& traits_of(Keeper keeper) {
  return kTraits[static_cast<std::size_t>(keeper)];
}

std::unique_ptr<Dialect> make_keeping_dialect(Keeper keeper, const std::string& names,
                                              std::uint32_t clients, ClientIndex first_reader,
                                              MessageEvents& messages, DialectEvents& others) {
  switch (keeper) {
    case Keeper::edgechat:
      return std::make_unique<EdgechatDialect>(names, clients, messages, others);
    case Keeper::redis_streams:
      return std::make_unique<RedisStreamsDialect>(clients, first_reader, messages, others);
    case Keeper::jetstream:
      return std::make_unique<JetStreamDialect>(clients, first_reader, messages, others);
  }
  return nullptr;
}

}  // namespace chat::bench
