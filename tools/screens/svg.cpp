#include "tools/screens/svg.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace chat::screens {
namespace {

using Row = std::vector<test::PtyProgram::DrawnCell>;

// In pixels. A monospaced font is about 0.6 of its size wide.
constexpr double kColumn = 8.4;
constexpr int kRow = 18;
constexpr int kFont = 14;
constexpr int kBaseline = 13;  // below the top of its row
constexpr int kMargin = 8;

double left_of(std::size_t column) {
  return kMargin + kColumn * static_cast<double>(column);
}

std::size_t top_of(std::size_t row) {
  return kMargin + kRow * row;
}

std::string escaped(std::string_view text) {
  std::string all;
  for (const char c : text)
    if (c == '<')
      all += "&lt;";
    else if (c == '>')
      all += "&gt;";
    else if (c == '&')
      all += "&amp;";
    else
      all += c;
  return all;
}

// Cells behind `begin` that are like it, itself included.
template <class IsLike>
std::size_t end_of_run(const Row& row, std::size_t begin, IsLike is_like) {
  std::size_t end = begin + 1;
  while (end < row.size() && is_like(row[begin], row[end]))
    ++end;
  return end;
}

void append_backgrounds(std::string& svg, const Row& row, std::size_t y, std::uint32_t usual) {
  const auto is_like = [](const auto& a, const auto& b) { return a.background == b.background; };
  for (std::size_t begin = 0; begin < row.size();) {
    const std::size_t end = end_of_run(row, begin, is_like);
    if (row[begin].background != usual)
      svg += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"#{:06x}\"/>\n",
          left_of(begin), top_of(y), kColumn * static_cast<double>(end - begin), kRow,
          row[begin].background);
    begin = end;
  }
}

// A wide glyph has a run of its own: how wide a font draws it is the font's business.
void append_texts(std::string& svg, const Row& row, std::size_t y) {
  const auto is_wide = [&](std::size_t at) {
    return at + 1 < row.size() && row[at + 1].text.empty();
  };
  for (std::size_t begin = 0; begin < row.size();) {
    std::size_t end = begin + 1;
    if (is_wide(begin))
      ++end;
    else
      end = end_of_run(row, begin, [&](const auto& a, const auto& b) {
        const auto at = static_cast<std::size_t>(&b - row.data());
        return a.foreground == b.foreground && a.is_bold == b.is_bold &&
               a.is_underlined == b.is_underlined && !is_wide(at);
      });
    std::string text;
    for (std::size_t at = begin; at < end; ++at)
      text += row[at].text;
    if (text.find_first_not_of(' ') != text.npos)
      svg += fmt::format(
          "<text x=\"{:.1f}\" y=\"{}\" textLength=\"{:.1f}\" fill=\"#{:06x}\"{}{}>{}</text>\n",
          left_of(begin), top_of(y) + kBaseline, kColumn * static_cast<double>(end - begin),
          row[begin].foreground, row[begin].is_bold ? " font-weight=\"bold\"" : "",
          row[begin].is_underlined ? " text-decoration=\"underline\"" : "", escaped(text));
    begin = end;
  }
}

}  // namespace

std::string svg_of(const Cells& cells, test::ScreenCursor cursor) {
  const std::size_t columns = cells.empty() ? 0 : cells.front().size();
  const std::uint32_t usual = columns == 0 ? 0 : cells.back().back().background;
  const double width = left_of(columns) + kMargin;
  const std::size_t height = top_of(cells.size()) + kMargin;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1}\" "
      "viewBox=\"0 0 {0:.0f} {1}\" font-family=\"monospace\" font-size=\"{2}\" "
      "xml:space=\"preserve\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" "
      "fill=\"#{3:06x}\"/>\n",
      width, height, kFont, usual);
  for (std::size_t y = 0; y < cells.size(); ++y) {
    append_backgrounds(svg, cells[y], y, usual);
    append_texts(svg, cells[y], y);
  }
  svg += fmt::format(
      "<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"none\" "
      "stroke=\"#ffffff\"/>\n</svg>\n",
      left_of(static_cast<std::size_t>(cursor.column)),
      top_of(static_cast<std::size_t>(cursor.row)), kColumn, kRow);
  return svg;
}

}  // namespace chat::screens
