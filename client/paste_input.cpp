#include "client/paste_input.hpp"

#include <algorithm>
#include <string_view>

namespace chat::client {
namespace {

constexpr std::string_view kTab = "    ";
constexpr std::string_view kEndOfPaste = PasteInput::kEnd;

}  // namespace

void PasteInput::take(unsigned char byte) {
  if (static_cast<char>(byte) == kEndOfPaste[matched_])
    ++matched_;
  else
    matched_ = static_cast<char>(byte) == kEndOfPaste[0] ? 1 : 0;
  has_ended_ = matched_ == kEndOfPaste.size();
  if (has_ended_)
    matched_ = 0;
  if (const auto character = characters_.take(byte))
    add(*character);
}

void PasteInput::add(const std::string& character) {
  const bool is_second_half = character == "\n" && was_return_;
  was_return_ = character == "\r";
  if (is_second_half || text_.size() > kMaxBytes)
    return;
  if (character == "\r" || character == "\n")
    text_ += '\n';
  else if (character == "\t")
    text_ += kTab;
  else if (static_cast<unsigned char>(character[0]) >= 0x20 && character[0] != 0x7F)
    text_ += character;
}

std::string PasteInput::text() const {
  std::string_view text = text_;
  // The escape of the sequence was left out.
  if (has_ended_ && text.ends_with(kEndOfPaste.substr(1)))
    text.remove_suffix(kEndOfPaste.size() - 1);
  const std::size_t last = text.find_last_not_of('\n');
  return std::string(text.substr(0, last + 1));  // npos + 1 is 0
}

}  // namespace chat::client
