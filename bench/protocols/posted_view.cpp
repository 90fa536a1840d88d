#include "bench/protocols/posted_view.hpp"

#include <cstddef>
#include <cstdint>

namespace chat::bench {
namespace {

// Where the fields of protocol::Posted stand; a test holds these to its encoder.
constexpr std::size_t kRoomAt = 0;
constexpr std::size_t kSequenceAt = kRoomAt + sizeof(std::uint32_t);
constexpr std::size_t kTimeAt = kSequenceAt + sizeof(std::uint64_t);
constexpr std::size_t kUserAt = kTimeAt + sizeof(std::uint64_t);
constexpr std::size_t kKindAt = kUserAt + sizeof(std::uint64_t);
constexpr std::size_t kNicknameAt = kKindAt + sizeof(std::uint8_t);
constexpr std::size_t kCountBytes = sizeof(std::uint16_t);

template <class Number>
Number number_at(ByteView bytes, std::size_t at) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    number = static_cast<Number>(number << 8 | bytes[at + i]);
  return number;
}

}  // namespace

std::optional<PostedView> view_posted(ByteView body) {
  if (body.size() < kNicknameAt + kCountBytes)
    return std::nullopt;
  const std::size_t text_at =
      kNicknameAt + kCountBytes + number_at<std::uint16_t>(body, kNicknameAt);
  if (body.size() < text_at + kCountBytes)
    return std::nullopt;
  const std::size_t text_bytes = number_at<std::uint16_t>(body, text_at);
  if (body.size() < text_at + kCountBytes + text_bytes)
    return std::nullopt;
  return PostedView{RoomId{number_at<std::uint32_t>(body, kRoomAt)},
                    Sequence{number_at<std::uint64_t>(body, kSequenceAt)},
                    as_text(body.subspan(text_at + kCountBytes, text_bytes))};
}

}  // namespace chat::bench
