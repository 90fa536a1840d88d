#include "libchat/name.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat {
namespace {

constexpr auto kNormalise =
    static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
// The options of utf8proc_NFKC_Casefold(), whose input must end with a zero byte.
constexpr auto kFold =
    static_cast<utf8proc_option_t>(kNormalise | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);

// Precondition: valid UTF-8. Normalising can lengthen a text, so the caller bounds it first.
std::string mapped(std::string_view text, utf8proc_option_t options) {
  utf8proc_uint8_t* result = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &result, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
  if (size < 0)
    return {};
  return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(size)};
}

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

std::expected<CheckedName, NameError> check_name(std::string_view text) {
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
  CheckedName name;
  name.shown = mapped(text, kNormalise);
  // Of what is shown, so that names that look the same are the same: folding commutes with
  // normalising for most texts, but not for all (U+0345 becomes a letter, and marks move past it).
  name.folded = mapped(name.shown, kFold);
  if (name.shown.empty() || name.folded.empty())
    return std::unexpected(NameError::empty);
  if (name.shown.size() > kMaxNameBytes || name.folded.size() > kMaxNameBytes)
    return std::unexpected(NameError::too_long);
  if (auto checked = check_characters(name.shown); !checked)
    return std::unexpected(checked.error());
  return name;
}

}  // namespace chat
