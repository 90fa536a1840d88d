#include "client/line_search.hpp"

#include <algorithm>
#include <cstddef>

#include "client/folding.hpp"
#include "client/glyph.hpp"
#include "libchat/text.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::client {

bool LineSearch::add(std::string_view text) {
  if (words_.size() + text.size() > kMaxTextBytes)
    return false;
  words_ += text;
  folded_ = folded(words_);
  return true;
}

void LineSearch::erase() {
  words_.resize(words_.size() - last_grapheme(words_));
  folded_ = folded(words_);
}

bool LineSearch::is_in(std::string_view text) const {
  return !folded_.empty() && folded(text).contains(folded_);
}

std::vector<TextSpan> LineSearch::parts_of(std::string_view text) const {
  std::vector<TextSpan> parts;
  if (!is_in(text))
    return parts;
  std::u32string all;
  std::vector<TextSpan> origins;  // of each code point: the cluster that it comes from
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t begin = text.size() - rest.size();
    const std::string_view cluster = take_cluster(rest);
    all += folded(cluster);
    origins.resize(all.size(), {begin, begin + cluster.size()});
  }
  for (auto at = all.find(folded_); at != all.npos; at = all.find(folded_, at + folded_.size()))
    parts.push_back({origins[at].begin, origins[at + folded_.size() - 1].end});
  return parts;
}

}  // namespace chat::client
