#include "client/wrap.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "client/glyph.hpp"
#include "client/urls.hpp"
#include "libchat/utf8.hpp"

namespace chat::client {
namespace {

// What should not begin a row of Chinese or Japanese.
bool is_closing(std::string_view cluster) {
  constexpr std::u32string_view kClosing =
      U".,:;!?)]}\"'…、。，．：；！？）］｝」』】〕〉》・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";
  return kClosing.contains(first_code_point(cluster).value);
}

// What should not end one.
bool is_opening(std::string_view cluster) {
  constexpr std::u32string_view kOpening = U"([{（［｛「『【〔〈《";
  return kOpening.contains(first_code_point(cluster).value);
}

bool is_line_break(std::string_view cluster) {
  return cluster == "\n" || cluster == "\r\n";
}

// A row, while clusters are put into it.
class Row {
 public:
  // Where it ends, and where the next one begins: between the two is what is dropped.
  struct End {
    std::size_t shown;
    std::size_t next;
  };

  Row(std::size_t begin, Columns limit) : begin_(begin), limit_(limit), fitting_(begin) {}

  std::size_t begin() const { return begin_; }
  // Behind the last cluster that fits.
  std::size_t fitting() const { return fitting_; }
  // The last place where it may end within the text, if there is one.
  std::optional<End> end() const { return end_; }
  // False, and it is not put in, when there is no room for it. A space may stand beyond the edge.
  bool add(std::string_view cluster, std::size_t at, bool is_in_url);

 private:
  void add_space(std::size_t at);
  bool may_end_before(std::string_view cluster, Columns width) const;

  std::size_t begin_;
  Columns limit_;
  std::size_t fitting_;
  Columns width_;
  std::string_view previous_;
  Columns previous_width_;
  std::size_t spaces_ = 0;  // where the last of them begin
  std::optional<End> end_;
};

bool Row::add(std::string_view cluster, std::size_t at, bool is_in_url) {
  const Columns width = glyph_of(cluster).width;
  if (cluster == " ")
    add_space(at);
  else if (!is_in_url && may_end_before(cluster, width))
    end_ = {at, at};
  width_ += width;
  if (width_ <= limit_)
    fitting_ = at + cluster.size();
  else if (cluster != " ")
    return false;
  previous_ = cluster;
  previous_width_ = width;
  return true;
}

void Row::add_space(std::size_t at) {
  if (previous_ != " ")
    spaces_ = at;
  if (spaces_ > begin_)
    end_ = {spaces_, at + 1};
}

// Chinese and Japanese have no spaces.
bool Row::may_end_before(std::string_view cluster, Columns width) const {
  constexpr Columns kWide{2};
  return !previous_.empty() && previous_ != " " && (width >= kWide || previous_width_ >= kWide) &&
         !is_opening(previous_) && !is_closing(cluster);
}

// Finds the rows one after the other, from the front of the text.
class Wrapper {
 public:
  // The text must outlive it.
  explicit Wrapper(std::string_view text) : text_(text), urls_(urls_in(text)) {}

  bool is_done() const { return begin_ == text_.size(); }
  // At most `limit` columns wide; the one after it may have `further`.
  std::string_view take_row(Columns limit, Columns further);

 private:
  Row::End end_for(const Row& row, std::size_t overflow, std::size_t bytes, Columns further) const;
  // The address to which the byte belongs, unless it begins there.
  const TextSpan* url_over(std::size_t byte) const;

  std::string_view text_;
  std::vector<TextSpan> urls_;
  std::size_t begin_ = 0;
};

std::string_view Wrapper::take_row(Columns limit, Columns further) {
  Row row(begin_, limit);
  Row::End end{text_.size(), text_.size()};
  for (std::string_view rest = text_.substr(begin_); !rest.empty();) {
    const std::size_t at = text_.size() - rest.size();
    const std::string_view cluster = take_cluster(rest);
    if (is_line_break(cluster)) {
      end = {row.fitting(), at + cluster.size()};
      break;
    }
    if (!row.add(cluster, at, url_over(at) != nullptr)) {
      end = end_for(row, at, cluster.size(), further);
      break;
    }
  }
  const bool is_alone = row.fitting() == row.begin() && end.next > row.begin();
  begin_ = end.next;
  const std::size_t shown = is_alone ? end.shown : std::min(end.shown, row.fitting());
  return text_.substr(row.begin(), shown - row.begin());
}

// The cluster at `overflow` does not fit.
Row::End Wrapper::end_for(const Row& row, std::size_t overflow, std::size_t bytes,
                          Columns further) const {
  if (row.end())
    return *row.end();
  const TextSpan* const url = url_over(overflow);
  if (url != nullptr && url->begin > row.begin() &&
      width_of(text_.substr(url->begin, url->end - url->begin)) <= further)
    return {url->begin, url->begin};
  if (overflow > row.begin())
    return {overflow, overflow};
  return {overflow + bytes, overflow + bytes};
}

const TextSpan* Wrapper::url_over(std::size_t byte) const {
  const TextSpan* const url = span_with(urls_, byte);
  return url == nullptr || url->begin == byte ? nullptr : url;
}

}  // namespace

std::vector<std::string_view> wrap(std::string_view text, Columns first, Columns next) {
  std::vector<std::string_view> rows;
  Wrapper wrapper(text);
  do {
    rows.push_back(wrapper.take_row(rows.empty() ? first : next, next));
  } while (!wrapper.is_done());
  return rows;
}

}  // namespace chat::client
