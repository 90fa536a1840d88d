// What a fake client says: a text that tells who sent it as which of its messages, and when, padded
// to the wanted size. Printable ASCII, so that any chat server passes it on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench/load/clock.hpp"

namespace chat::bench {

struct MessageMark {
  std::uint32_t sender = 0;  // below kMaxSenders
  std::uint32_t number = 0;  // of this sender's messages, from 0
  Instant sent;              // from when on its latency counts

  bool operator==(const MessageMark&) const = default;
};

// A mark as it stands at the front of a text: three hexadecimal numbers of fixed width.
inline constexpr std::size_t kMarkBytes = 32;
using MarkBytes = std::array<char, kMarkBytes>;
inline constexpr std::uint32_t kMaxSenders = 1U << 24;

// Precondition of both: text_bytes is at least kMarkBytes.
std::string compose_text(const MessageMark& mark, std::size_t text_bytes);
// What stands behind the mark in every text of this size.
std::string padding_of(std::size_t text_bytes);

// The word by which messages of this sender can be found.
std::string sender_word(std::uint32_t sender);

// Nothing when no mark stands at the front of the text.
std::optional<MessageMark> read_mark(std::string_view text);

// The sender alone, much faster, since it is read at every delivery; at least kMaxSenders when the
// text begins with no sender.
std::uint32_t sender_in(std::string_view text);

}  // namespace chat::bench
