#include "bench/load/message_text.hpp"

#include <fmt/format.h>

#include <cassert>
#include <charconv>

namespace chat::bench {
namespace {

constexpr std::size_t kSenderDigits = 6;
constexpr std::size_t kNumberDigits = 8;
constexpr std::size_t kTimeDigits = 16;
static_assert(kSenderDigits + 1 + kNumberDigits + 1 + kTimeDigits == kMarkBytes);

constexpr std::uint32_t kNoDigit = 1U << 31;

constexpr std::array<std::uint32_t, 256> make_digit_values() {
  std::array<std::uint32_t, 256> values;
  values.fill(kNoDigit);
  for (std::size_t digit = 0; digit < 16; ++digit)
    values[static_cast<unsigned char>("0123456789abcdef"[digit])] =
        static_cast<std::uint32_t>(digit);
  return values;
}
constexpr auto kDigitValues = make_digit_values();

// Takes `digits` hexadecimal digits off the front of a text.
template <class Number>
bool take_hex(std::string_view& text, std::size_t digits, Number& number) {
  const char* const end = text.data() + digits;
  const auto parsed = std::from_chars(text.data(), end, number, 16);
  text.remove_prefix(digits);
  return parsed.ec == std::errc() && parsed.ptr == end;
}

bool take_space(std::string_view& text) {
  const bool space = text.front() == ' ';
  text.remove_prefix(1);
  return space;
}

}  // namespace

std::string compose_text(const MessageMark& mark, std::size_t text_bytes) {
  assert(mark.sender < kMaxSenders);
  return fmt::format("{} {:08x} {:016x}", sender_word(mark.sender), mark.number,
                     mark.sent.time_since_epoch().count()) +
         padding_of(text_bytes);
}

std::string sender_word(std::uint32_t sender) {
  return fmt::format("{:06x}", sender);
}

std::string padding_of(std::size_t text_bytes) {
  assert(text_bytes >= kMarkBytes);
  return std::string(text_bytes - kMarkBytes, '.');
}

std::optional<MessageMark> read_mark(std::string_view text) {
  if (text.size() < kMarkBytes)
    return std::nullopt;
  MessageMark mark;
  std::int64_t nanoseconds = 0;
  const bool right = take_hex(text, kSenderDigits, mark.sender) && take_space(text) &&
                     take_hex(text, kNumberDigits, mark.number) && take_space(text) &&
                     take_hex(text, kTimeDigits, nanoseconds);
  if (!right)
    return std::nullopt;
  mark.sent = Instant(Duration(nanoseconds));
  return mark;
}

std::uint32_t sender_in(std::string_view text) {
  if (text.size() < kMarkBytes)
    return kNoDigit;
  std::uint32_t sender = 0;
  std::uint32_t wrong = 0;
  for (std::size_t i = 0; i < kSenderDigits; ++i) {
    const std::uint32_t value = kDigitValues[static_cast<unsigned char>(text[i])];
    sender = sender << 4 | value;
    wrong |= value;
  }
  return sender | (wrong & kNoDigit);
}

}  // namespace chat::bench
