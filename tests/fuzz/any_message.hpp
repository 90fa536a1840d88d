// Messages made of an input's bytes, from their lists of fields. Numbers are small ones mostly, so
// that they often mean something; strings need not be UTF-8 and enums not be known, but mostly are.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "libchat/ids.hpp"
#include "libchat/wire.hpp"
#include "tests/fuzz/input.hpp"

namespace chat::fuzz {

// From this byte on a value is made of bytes as they are.
inline constexpr std::uint8_t kRaw = 0xF0;

template <std::unsigned_integral T>
void fill(T& value, Input& input) {
  const std::uint8_t first = input.byte();
  value = static_cast<T>(first % 16);
  if (first >= kRaw)
    for (const std::uint8_t byte : input.take(sizeof(T)))
      value = static_cast<T>(static_cast<std::uint64_t>(value) << 8 | byte);
}

inline void fill(bool& value, Input& input) {
  value = input.byte() % 2 != 0;
}

template <wire::WireEnum T>
void fill(T& value, Input& input) {
  const std::uint8_t first = input.byte();
  const auto as_enum = [](std::size_t number) {
    return static_cast<T>(static_cast<std::underlying_type_t<T>>(number));
  };
  value = as_enum(first);
  if (first >= kRaw)
    return;
  std::size_t number = first % 32;
  while (number > 1 && !is_known(as_enum(number)))
    --number;
  value = as_enum(std::max<std::size_t>(number, 1));
}

template <class Tag, class Rep>
void fill(Id<Tag, Rep>& id, Input& input) {
  fill(id.value, input);
}

inline void fill(Sequence& sequence, Input& input) {
  fill(sequence.value, input);
}

inline void fill(WallTime& time, Input& input) {
  std::uint64_t value = 0;
  fill(value, input);
  time.milliseconds = static_cast<std::int64_t>(value);
}

inline void fill(MessageId& id, Input& input) {
  id = {input.byte()};
}

template <class Tag>
void fill(Id128<Tag>& id, Input& input) {
  fill(id.value, input);
}

inline std::string any_text(Input& input) {
  static const std::array<std::string, 16> kTexts{"Ann",
                                                  "lisa",
                                                  "lobby",
                                                  "tea",
                                                  "日本",
                                                  "e\u0301",
                                                  "\u0301",
                                                  "\x1B[2J",
                                                  "\n",
                                                  "",
                                                  "\u202Eevil",
                                                  "a b",
                                                  "👩‍👩‍👧‍👦",
                                                  std::string(60, 'w'),
                                                  "word word word word word word",
                                                  std::string(5'000, 'x')};
  const std::uint8_t first = input.byte();
  if (first < 0xC0)
    return kTexts[first % kTexts.size()];
  return std::string(as_text(input.take(first % 64)));
}

inline void fill(std::string& text, Input& input) {
  text = any_text(input);
}

template <wire::Record T>
void fill(T& record, Input& input);

template <class T>
void fill(std::vector<T>& list, Input& input) {
  const std::uint8_t size = input.byte();
  list.resize(size < kRaw ? size % 4 : size % 64);
  // Of a longer list the rest is zeros.
  for (T& element : list)
    fill(element, input);
}

template <wire::Record T>
void fill(T& record, Input& input) {
  std::apply([&](const auto&... field) { (fill(record.*field.member, input), ...); }, T::fields());
}

template <class Message, std::size_t I = 0>
Message any_message(Input& input, std::size_t which) {
  if constexpr (I + 1 < std::variant_size_v<Message>)
    if (which != I)
      return any_message<Message, I + 1>(input, which);
  std::variant_alternative_t<I, Message> message;
  fill(message, input);
  return message;
}

// One of a variant's messages, in a frame that a peer could send.
template <class Message>
Bytes any_frame(Input& input) {
  const auto message = any_message<Message>(input, input.below(std::variant_size_v<Message>));
  Bytes body;
  std::visit([&](const auto& m) { wire::write(body, m); }, message);
  body.resize(std::min(body.size(), kMaxFrameLength - 1));
  Bytes frame;
  const std::uint8_t type =
      std::visit([](const auto& m) { return std::to_underlying(m.type); }, message);
  const FrameWriter writer(frame, type);
  append(frame, body);
  return frame;
}

}  // namespace chat::fuzz
