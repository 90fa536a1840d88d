// Sizes and positions on a screen.
#pragma once

#include <compare>

namespace chat::client {

// A number of screen cells in one direction. Each direction is a type of its own.
template <class Tag>
struct Cells {
  int value = 0;

  auto operator<=>(const Cells&) const = default;
  Cells& operator+=(Cells other) {
    value += other.value;
    return *this;
  }
  Cells& operator-=(Cells other) {
    value -= other.value;
    return *this;
  }
  friend Cells operator+(Cells a, Cells b) { return {a.value + b.value}; }
  friend Cells operator-(Cells a, Cells b) { return {a.value - b.value}; }
  friend constexpr Cells operator*(int times, Cells cells) { return {times * cells.value}; }
};

using Columns = Cells<struct ColumnsTag>;
using Rows = Cells<struct RowsTag>;

struct Size {
  Columns width;
  Rows height;
  bool operator==(const Size&) const = default;
};

}  // namespace chat::client
