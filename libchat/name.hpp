// Names of people and of rooms.
#pragma once

#include <cstddef>
#include <expected>
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

struct CheckedName {
  std::string shown;   // NFKC
  std::string folded;  // NFKC_Casefold
};

// The rules that both kinds of name share; see Name.
std::expected<CheckedName, NameError> check_name(std::string_view text);

// A value that can only be valid: UTF-8 in NFKC, 1 to 32 columns (by utf8proc, so that every
// server decides alike whatever its locale), free of characters that cannot be seen. Two names
// that fold alike (UAX #31, NFKC_Casefold) are the same name. Immutable; any thread.
template <class Tag>
class Name {
 public:
  static std::expected<Name, NameError> make(std::string_view text) {
    auto checked = check_name(text);
    if (!checked)
      return std::unexpected(checked.error());
    return Name(std::move(*checked));
  }

  const std::string& shown() const { return name_.shown; }
  const std::string& folded() const { return name_.folded; }

  friend bool operator==(const Name& a, const Name& b) { return a.folded() == b.folded(); }

 private:
  explicit Name(CheckedName&& name) : name_(std::move(name)) {}
  CheckedName name_;
};

using Nickname = Name<struct NicknameTag>;
using RoomName = Name<struct RoomNameTag>;

}  // namespace chat
