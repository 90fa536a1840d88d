// How the text that is being entered stands in rows.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "client/units.hpp"

namespace chat::client {

// Bytes of a text.
struct InputRow {
  std::size_t begin;
  std::size_t end;  // without the line break
};

// Only line breaks begin a row.
inline constexpr Columns kEndless{std::numeric_limits<int>::max()};

// Breaks at line breaks and where a row is full: each is narrower than `width`, so that the cursor
// has a place behind it, unless a single cluster is not. At least one row; the first begins where
// the text does, and nothing but line breaks is left out. Precondition: width > 0.
std::vector<InputRow> input_rows(std::string_view text, Columns width);

// The row that the cursor is in.
std::size_t row_of(const std::vector<InputRow>& rows, std::size_t cursor);

// Where the cursor goes when it moves down by so many rows, or up when that is negative, and keeps
// its column as far as it can. Nothing when there is no such row.
std::optional<std::size_t> offset_in_row(std::string_view text, std::size_t cursor, int rows_down,
                                         Columns width);

}  // namespace chat::client
