#include "client/input_rows.hpp"

#include <algorithm>

#include "client/glyph.hpp"

namespace chat::client {
namespace {

// The rows of one line, which begins at `begin` in the whole text.
void add_rows(std::vector<InputRow>& rows, std::string_view line, std::size_t begin,
              Columns width) {
  rows.push_back({begin, begin});
  if (width == kEndless) {
    rows.back().end += line.size();
    return;
  }
  Columns taken;
  while (!line.empty()) {
    const std::string_view cluster = take_cluster(line);
    const Columns needed = glyph_of(cluster).width;
    if (taken > Columns{0} && taken + needed >= width) {
      rows.push_back({rows.back().end, rows.back().end});
      taken = {};
    }
    taken += needed;
    rows.back().end += cluster.size();
  }
}

// The offset of the cluster of a row that covers this column; of the last one when the row is not
// so wide, but goes on in the next one, where its end is.
std::size_t offset_at(std::string_view text, const InputRow& row, Columns column, bool goes_on) {
  std::string_view rest = text.substr(row.begin, row.end - row.begin);
  Columns taken;
  while (!rest.empty()) {
    std::string_view behind = rest;
    taken += glyph_of(take_cluster(behind)).width;
    if (taken > column || (goes_on && behind.empty()))
      break;
    rest = behind;
  }
  return row.end - rest.size();
}

}  // namespace

std::vector<InputRow> input_rows(std::string_view text, Columns width) {
  std::vector<InputRow> rows;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    add_rows(rows, text.substr(begin, end - begin), begin, width);
    begin = end + 1;
  }
  return rows;
}

std::size_t row_of(const std::vector<InputRow>& rows, std::size_t cursor) {
  const auto behind = std::ranges::upper_bound(rows, cursor, {}, &InputRow::begin);
  return static_cast<std::size_t>(behind - rows.begin()) - 1;
}

std::optional<std::size_t> offset_in_row(std::string_view text, std::size_t cursor, int rows_down,
                                         Columns width) {
  const auto rows = input_rows(text, width);
  const std::size_t from = row_of(rows, cursor);
  const auto to = static_cast<std::ptrdiff_t>(from) + rows_down;
  if (to < 0 || to >= static_cast<std::ptrdiff_t>(rows.size()))
    return std::nullopt;
  const std::size_t begin = rows[from].begin;
  const auto row = rows.begin() + to;
  const bool goes_on = row + 1 != rows.end() && (row + 1)->begin == row->end;
  return offset_at(text, *row, width_of(text.substr(begin, cursor - begin)), goes_on);
}

}  // namespace chat::client
