#include "client/wrap.hpp"

#include <cstddef>

#include "client/glyph.hpp"

namespace chat::client {
namespace {

struct Row {
  std::size_t end;   // behind the last byte that is shown
  std::size_t next;  // where the next row begins
};

// The first row of `text`, which is not empty.
Row first_row(std::string_view text, Columns limit) {
  Columns width;
  Row at_space{0, 0};
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t begin = text.size() - rest.size();
    const std::string_view cluster = take_cluster(rest);
    const std::size_t end = begin + cluster.size();
    // A space may stand beyond the edge: it is dropped there.
    if (cluster == " ")
      at_space = {at_space.next == begin && begin > 0 ? at_space.end : begin, end};
    width += glyph_of(cluster).width;
    if (width > limit && cluster != " ") {
      if (at_space.end > 0)
        return at_space;
      return begin > 0 ? Row{begin, begin} : Row{end, end};
    }
  }
  return {text.size(), text.size()};
}

}  // namespace

std::vector<std::string_view> wrap(std::string_view text, Columns first, Columns next) {
  std::vector<std::string_view> rows;
  do {
    const Row row = first_row(text, rows.empty() ? first : next);
    rows.push_back(text.substr(0, row.end));
    text.remove_prefix(row.next);
  } while (!text.empty());
  return rows;
}

}  // namespace chat::client
