// Names of people and of rooms.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace chat {

inline constexpr std::size_t kMaxNameColumns = 32;
inline constexpr std::size_t kMaxNameBytes = 128;

enum class NameError {
  empty,
  too_long,  // more than kMaxNameColumns, or more than kMaxNameBytes after normalisation
  not_utf8,
  bad_character,  // control, bidirectional, zero-width, unassigned, private use, or white space
  bad_first,      // begins with '@', '/', '#' or a combining mark
};

// A sentence for people, without a full stop.
std::string_view describe(NameError error);

// The same with one.
std::string sentence_of(NameError error);

// The two spellings of a valid name, in one small block of memory that all copies share. Immutable;
// any thread. Only destroyed or assigned to once it has been moved from.
class NameText {
 public:
  // `shown` in NFKC, `folded` its NFKC_Casefold; at most kMaxNameBytes each.
  NameText(std::string_view shown, std::string_view folded);
  NameText(const NameText& other) noexcept : block_(other.block_) { ++block_->holders; }
  NameText(NameText&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  NameText& operator=(NameText other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~NameText();

  std::string_view shown() const { return {block_->text, block_->shown_bytes}; }
  std::string_view folded() const {
    return block_->folded_bytes == 0
               ? shown()
               : std::string_view(block_->text + block_->shown_bytes, block_->folded_bytes);
  }

 private:
  static_assert(kMaxNameBytes <= std::numeric_limits<std::uint8_t>::max());
  struct Block {
    std::atomic<std::uint32_t> holders{1};
    std::uint8_t shown_bytes;
    std::uint8_t folded_bytes;  // 0: the same as shown
    char text[2];               // as long as the block: shown, then folded
  };

  Block* block_;
};

// The rules that both kinds of name share; see Name.
std::expected<NameText, NameError> check_name(std::string_view text);

// A value that can only be valid: UTF-8 in NFKC, 1 to 32 columns (by utf8proc, so that every
// server decides alike whatever its locale), free of characters that cannot be seen. Two names
// that fold alike (UAX #31, NFKC_Casefold) are the same name. Cheap to copy. Immutable; any thread.
template <class Tag>
class Name {
 public:
  static std::expected<Name, NameError> make(std::string_view text) {
    auto checked = check_name(text);
    if (!checked)
      return std::unexpected(checked.error());
    return Name(std::move(*checked));
  }

  // Both live as long as any copy of the name.
  std::string_view shown() const { return text_.shown(); }
  std::string_view folded() const { return text_.folded(); }

  friend bool operator==(const Name& a, const Name& b) { return a.folded() == b.folded(); }

 private:
  explicit Name(NameText&& text) : text_(std::move(text)) {}
  NameText text_;
};

using Nickname = Name<struct NicknameTag>;
using RoomName = Name<struct RoomNameTag>;

}  // namespace chat

template <class Tag>
struct std::hash<chat::Name<Tag>> {
  std::size_t operator()(const chat::Name<Tag>& name) const noexcept {
    return std::hash<std::string_view>{}(name.folded());
  }
};
