#include "libchat/protocol.hpp"

#include <cstddef>
#include <type_traits>

namespace chat::protocol {
namespace {

Fault fault_of(wire::DecodeError error) {
  switch (error) {
    case wire::DecodeError::truncated:
      return Fault::truncated;
    case wire::DecodeError::too_long:
      return Fault::too_long;
    case wire::DecodeError::invalid_utf8:
      return Fault::invalid_utf8;
    case wire::DecodeError::bad_value:
      return Fault::bad_value;
  }
  return Fault::truncated;
}

template <class Variant, std::size_t I = 0>
std::expected<Variant, Fault> decode_as(const Frame& frame) {
  if constexpr (I == std::variant_size_v<Variant>) {
    return std::unexpected(Fault::unknown_type);
  } else {
    using Message = std::variant_alternative_t<I, Variant>;
    if (frame.type != static_cast<std::uint8_t>(Message::type))
      return decode_as<Variant, I + 1>(frame);
    auto message = wire::decode<Message>(frame.body);
    if (!message)
      return std::unexpected(fault_of(message.error()));
    return std::move(*message);
  }
}

}  // namespace

std::expected<ClientMessage, Fault> decode_client_message(const Frame& frame) {
  return decode_as<ClientMessage>(frame);
}

std::expected<ServerMessage, Fault> decode_server_message(const Frame& frame) {
  return decode_as<ServerMessage>(frame);
}

UserId author_of(const Frame& frame) {
  if (frame.type != static_cast<std::uint8_t>(MessageType::posted))
    return {};
  // Up to here each field of Posted has its fixed size; a test holds this to the encoder.
  constexpr std::size_t kUserAt = sizeof(RoomId::rep) + sizeof(Sequence) + sizeof(WallTime);
  wire::Reader reader(frame.body.subspan(std::min(kUserAt, frame.body.size())));
  UserId user;
  reader.read(user, 0);
  return reader.failed() ? UserId{} : user;
}

RequestId request_of(const Frame& frame) {
  wire::Reader reader(frame.body);
  RequestId request;
  reader.read(request, 0);
  return reader.failed() ? RequestId{} : request;
}

}  // namespace chat::protocol
