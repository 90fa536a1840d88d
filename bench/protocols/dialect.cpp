#include "bench/protocols/dialect.hpp"

#include <cassert>

#include "bench/protocols/edgechat.hpp"
#include "bench/protocols/floor.hpp"
#include "bench/protocols/irc.hpp"
#include "bench/protocols/mqtt.hpp"
#include "bench/protocols/nats.hpp"
#include "bench/protocols/redis.hpp"

namespace chat::bench {

void Dialect::whisper(ClientIndex, ClientIndex, std::uint32_t, std::string_view) {
  assert(!"there are no whispers in this protocol");
}

void Dialect::search(ClientIndex, std::string_view) {
  assert(!"nothing can be searched in this protocol");
}

std::unique_ptr<Dialect> make_dialect(Protocol protocol, const std::string& names,
                                      std::uint32_t clients, MessageEvents& messages,
                                      DialectEvents& others) {
  switch (protocol) {
    case Protocol::edgechat:
      return std::make_unique<EdgechatDialect>(names, clients, messages, others);
    case Protocol::floor:
      return std::make_unique<FloorDialect>(names, messages, others);
    case Protocol::redis:
      return std::make_unique<RedisDialect>(clients, messages, others);
    case Protocol::nats:
      return std::make_unique<NatsDialect>(clients, messages, others);
    case Protocol::irc:
      return std::make_unique<IrcDialect>(clients, messages, others);
    case Protocol::mqtt:
      return std::make_unique<MqttDialect>(names, clients, messages, others);
  }
  return nullptr;
}

}  // namespace chat::bench
