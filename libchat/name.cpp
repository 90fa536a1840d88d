#include "libchat/name.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <new>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat {
namespace {

constexpr auto kNormalise =
    static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
// The options of utf8proc_NFKC_Casefold(), whose input must end with a zero byte.
constexpr auto kFold =
    static_cast<utf8proc_option_t>(kNormalise | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);

// A text on the stack: names are checked at every arrival, and memory taken for a moment between
// what stays leaves holes that nothing else fits into.
class MappedText {
 public:
  // Precondition: valid UTF-8, at most kMaxNameBytes of it.
  MappedText(std::string_view text, utf8proc_option_t options) {
    const auto length = utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                           static_cast<utf8proc_ssize_t>(text.size()),
                                           code_points_.data(), kMostCodePoints, options);
    assert(length >= 0 && length <= kMostCodePoints);
    const auto bytes = utf8proc_reencode(code_points_.data(), length, options);
    assert(bytes >= 0);
    bytes_ = static_cast<std::size_t>(bytes);
  }

  std::string_view text() const {
    return {reinterpret_cast<const char*>(code_points_.data()), bytes_};
  }

 private:
  // No code point becomes more than 18 (U+FDFA); and those that become many are not one byte long.
  static constexpr utf8proc_ssize_t kMostCodePoints = 18 * kMaxNameBytes / 2;
  // First the code points, then the text; with a zero behind it.
  std::array<utf8proc_int32_t, kMostCodePoints + 1> code_points_;
  std::size_t bytes_;
};

bool is_mark(const utf8proc_property_t& p) {
  return p.category == UTF8PROC_CATEGORY_MN || p.category == UTF8PROC_CATEGORY_MC ||
         p.category == UTF8PROC_CATEGORY_ME;
}

// Letters and symbols of Unicode whose glyph is empty; everything else that cannot be seen is known
// by a property.
bool is_blank(char32_t c) {
  return c == 0x2800 || c == 0x13441 || c == 0x13442 || c == 0x16FE4 || c == 0x1D159;
}

bool may_stand_in_name(char32_t c, const utf8proc_property_t& p) {
  switch (p.category) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return !p.ignorable && !is_control(c) && !is_blank(c) && (p.charwidth > 0 || is_mark(p));
  }
}

bool may_begin_name(char32_t c, const utf8proc_property_t& p) {
  // "@name text", "/command" and "#room" are what people type; a mark would sit on what precedes.
  return c != U'@' && c != U'/' && c != U'#' && !is_mark(p);
}

std::expected<void, NameError> check_characters(std::string_view text) {
  std::size_t columns = 0;
  for (bool first = true; !text.empty(); first = false) {
    const auto [c, bytes] = first_code_point(text);
    const auto& property = *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    if (!may_stand_in_name(c, property))
      return std::unexpected(NameError::bad_character);
    if (first && !may_begin_name(c, property))
      return std::unexpected(NameError::bad_first);
    columns += property.charwidth;
    text.remove_prefix(bytes);
  }
  if (columns > kMaxNameColumns)
    return std::unexpected(NameError::too_long);
  return {};
}

}  // namespace

std::string_view describe(NameError error) {
  switch (error) {
    case NameError::empty:
      return "a name needs at least one character";
    case NameError::too_long:
      return "a name may be at most 32 columns wide";
    case NameError::not_utf8:
      return "a name must be UTF-8";
    case NameError::bad_character:
      return "a name may not contain spaces, control or invisible characters";
    case NameError::bad_first:
      return "a name may not begin with @, / or #, or with a combining mark";
  }
  return "not a valid name";
}

std::string sentence_of(NameError error) {
  std::string sentence(describe(error));
  sentence.front() = 'A';
  return sentence + ".";
}

NameText::NameText(std::string_view shown, std::string_view folded) {
  const std::size_t folded_bytes = folded == shown ? 0 : folded.size();
  const std::size_t bytes = offsetof(Block, text) + shown.size() + folded_bytes;
  block_ = new (::operator new(std::max(bytes, sizeof(Block)))) Block;
  block_->shown_bytes = static_cast<std::uint8_t>(shown.size());
  block_->folded_bytes = static_cast<std::uint8_t>(folded_bytes);
  shown.copy(block_->text, shown.size());
  folded.copy(block_->text + shown.size(), folded_bytes);
}

NameText::~NameText() {
  if (block_ == nullptr || --block_->holders > 0)
    return;
  block_->~Block();
  ::operator delete(block_);
}

std::expected<NameText, NameError> check_name(std::string_view text) {
  if (text.empty())
    return std::unexpected(NameError::empty);
  if (text.size() > kMaxNameBytes)
    return std::unexpected(NameError::too_long);
  if (!is_valid_utf8(text))
    return std::unexpected(NameError::not_utf8);
  // Before normalising too: a default-ignorable character would vanish from the folded form, and
  // compatibility mappings turn some invisible characters into others.
  if (auto checked = check_characters(text); !checked && checked.error() != NameError::too_long)
    return std::unexpected(checked.error());
  const MappedText normal(text, kNormalise);
  const std::string_view shown = normal.text();
  if (shown.size() > kMaxNameBytes)
    return std::unexpected(NameError::too_long);
  // Of what is shown, so that names that look the same are the same: folding commutes with
  // normalising for most texts, but not for all (U+0345 becomes a letter, and marks move past it).
  const MappedText folded(shown, kFold);
  if (shown.empty() || folded.text().empty())
    return std::unexpected(NameError::empty);
  if (folded.text().size() > kMaxNameBytes)
    return std::unexpected(NameError::too_long);
  if (auto checked = check_characters(shown); !checked)
    return std::unexpected(checked.error());
  return NameText(shown, folded.text());
}

}  // namespace chat
