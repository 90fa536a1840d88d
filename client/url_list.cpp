#include "client/url_list.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

#include "client/urls.hpp"

namespace chat::client {

UrlList::UrlList(const HeldLines& lines) {
  for (auto at = lines.end(); at > lines.begin() && urls_.size() < kMost; --at)
    if (const Line& line = lines.at(at - 1); is_said(line.kind) || line.kind == LineKind::hit)
      add_from(line);
}

void UrlList::add_from(const Line& line) {
  for (const TextSpan& span : urls_in(line.text) | std::views::reverse) {
    std::string url =
        page_at(std::string_view(line.text).substr(span.begin, span.end - span.begin));
    if (urls_.size() < kMost && std::ranges::find(urls_, url, &FoundUrl::url) == urls_.end())
      urls_.push_back(
          {std::move(url), line.time, line.text.substr(line.author.begin, line.author.bytes)});
  }
}

}  // namespace chat::client
