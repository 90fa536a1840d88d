#include "client/found_part.hpp"

#include <fmt/format.h>
#include <utf8proc.h>
#include <wctype.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "client/glyph.hpp"
#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

// A text without case and accents, and where each of its bytes comes from.
struct Plain {
  struct Origin {
    std::size_t at;
    bool is_in_word;
  };

  std::string text;
  std::vector<Origin> origins;  // one more than bytes

  bool is_in_word(std::size_t byte) const { return origins[byte].is_in_word; }
  bool begins_word(std::size_t byte) const {
    return is_in_word(byte) && (byte == 0 || !is_in_word(byte - 1));
  }
};

std::string plain(std::string_view cluster) {
  constexpr auto kOptions =
      static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
  utf8proc_uint8_t* mapped = nullptr;
  const auto bytes = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(cluster.data()),
                                  static_cast<utf8proc_ssize_t>(cluster.size()), &mapped, kOptions);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  if (bytes < 0)
    return std::string(cluster);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(bytes)};
}

Plain plain_text(std::string_view text) {
  Plain all;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t at = text.size() - rest.size();
    const std::string_view cluster = take_cluster(rest);
    const bool is_in_word = ::iswalnum(static_cast<wint_t>(first_code_point(cluster).value)) != 0;
    all.text += plain(cluster);
    all.origins.resize(all.text.size(), {at, is_in_word});
  }
  all.origins.push_back({text.size(), false});
  return all;
}

std::vector<std::string> words_in(std::string_view text) {
  const Plain all = plain_text(text);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < all.text.size(); ++i) {
    if (all.begins_word(i))
      words.emplace_back();
    if (all.is_in_word(i))
      words.back() += all.text[i];
  }
  return words;
}

std::optional<std::size_t> find_word(const Plain& text, const std::string& word, bool is_whole) {
  for (std::size_t at = text.text.find(word); at != std::string::npos;
       at = text.text.find(word, at + 1))
    if (text.begins_word(at) && !(is_whole && text.is_in_word(at + word.size())))
      return at;
  return std::nullopt;
}

struct Found {
  std::size_t begin;
  std::size_t end;
};

std::optional<Found> first_found(std::string_view text, std::string_view words) {
  const Plain all = plain_text(text);
  const std::vector<std::string> wanted = words_in(words);
  std::optional<Found> first;
  for (const std::string& word : wanted) {
    const auto at = find_word(all, word, &word != &wanted.back());
    if (at && (!first || all.origins[*at].at < first->begin))
      first = {all.origins[*at].at, all.origins[*at + word.size()].at};
  }
  return first;
}

// As many of the words before it as are so wide at most.
std::size_t with_words_before(std::string_view text, std::size_t begin, Columns width) {
  std::size_t from = begin;
  while (from > 1) {
    const std::size_t space = text.rfind(' ', from - 2);
    const std::size_t before = space == text.npos ? 0 : space + 1;
    if (width < width_of(text.substr(before, begin - before)))
      break;
    from = before;
  }
  return from;
}

}  // namespace

std::string found_part(std::string_view head, std::string_view text, std::string_view words,
                       Columns width) {
  std::string all = fmt::format("{}{}", head, text);
  if (width_of(all) <= width)
    return all;
  const auto found = first_found(text, words);
  if (!found || width_of(head) + width_of(text.substr(0, found->end)) < width)
    return all;
  const bool has_head = 3 * width_of(head).value <= width.value;
  const Columns left = has_head ? width - width_of(head) : width;
  const std::size_t from = with_words_before(text, found->begin, Columns{left.value / 3});
  return fmt::format("{}{}{}", has_head ? head : "", from > 0 ? "…" : "", text.substr(from));
}

}  // namespace chat::client
