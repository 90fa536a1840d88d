// A message in words, from its list of fields: "leave{request=7 room=2}". Two messages are equal
// when their words are.
#pragma once

#include <fmt/format.h>

#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "libchat/protocol.hpp"

namespace chat::test {

inline std::string in_hex(ByteView bytes) {
  std::string hex;
  for (const std::uint8_t byte : bytes)
    hex += fmt::format("{:02x}", byte);
  return hex;
}

inline std::string render(const std::string& text) {
  return "'" + text + "'";
}
inline std::string render(const MessageId& id) {
  return in_hex(id);
}
template <class Tag>
std::string render(const Id128<Tag>& id) {
  return in_hex(id.value);
}
inline std::string render(Sequence sequence) {
  return std::to_string(sequence.value);
}
inline std::string render(WallTime time) {
  return std::to_string(time.milliseconds);
}
template <class Tag, class Rep>
std::string render(Id<Tag, Rep> id) {
  return std::to_string(id.value);
}
template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
std::string render(T value) {
  return std::to_string(static_cast<unsigned long long>(value));
}
template <wire::Record T>
std::string render(const T& record);

template <class T>
std::string render(const std::vector<T>& list) {
  std::string text;
  for (const T& element : list)
    text += render(element);
  return "[" + text + "]";
}

template <wire::Record T>
std::string render(const T& record) {
  std::string text;
  std::apply(
      [&](const auto&... f) {
        ((text += (text.empty() ? "" : " ") + std::string(f.name) + "=" + render(record.*f.member)),
         ...);
      },
      T::fields());
  return "{" + text + "}";
}

template <class... Messages>
std::string render(const std::variant<Messages...>& message) {
  return std::visit(
      [](const auto& m) { return fmt::format("{:02x}", static_cast<int>(m.type)) + render(m); },
      message);
}

}  // namespace chat::test
