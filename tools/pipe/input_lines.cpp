#include "tools/pipe/input_lines.hpp"

#include <algorithm>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat::pipe {
namespace {

constexpr std::size_t kTabColumns = 8;

struct Piece {
  std::string text;
  std::size_t bytes = 0;  // how many of the line's it stands for
};

bool is_blank(std::string_view text) {
  return text.find_first_not_of(' ') == text.npos;
}

// The front of a cluster that no text could hold as a whole.
Piece part_of_cluster(std::string_view cluster, std::size_t most) {
  Piece piece;
  while (piece.bytes < cluster.size()) {
    const std::size_t bytes = first_code_point(cluster.substr(piece.bytes)).bytes;
    const std::string shown = harmless(cluster.substr(piece.bytes, bytes));
    if (piece.text.size() + shown.size() > most)
      break;
    piece.text += shown;
    piece.bytes += bytes;
  }
  return piece;
}

// The front of a line, as far as it fits into `most` bytes. Not empty, unless the line is.
Piece piece_of(std::string_view line, std::size_t most, std::size_t& column) {
  Piece piece;
  while (piece.bytes < line.size()) {
    const std::string_view rest = line.substr(piece.bytes);
    const std::string_view cluster = rest.substr(0, first_grapheme(rest));
    const std::string shown =
        cluster == "\t" ? std::string(kTabColumns - column % kTabColumns, ' ') : harmless(cluster);
    if (shown.size() > most && piece.text.empty())
      return part_of_cluster(cluster, most);
    if (piece.text.size() + shown.size() > most)
      break;
    piece.text += shown;
    piece.bytes += cluster.size();
    column += cluster == "\t" ? shown.size() : 1;
  }
  return piece;
}

}  // namespace

void InputLines::feed(std::string_view bytes) {
  bytes_.erase(0, begin_);
  begin_ = 0;
  bytes_ += bytes;
}

std::optional<InputText> InputLines::take(std::size_t most) {
  while (begin_ < bytes_.size()) {
    std::string_view line = std::string_view(bytes_).substr(begin_);
    const std::size_t line_break = line.find('\n');
    line = line.substr(0, line_break);
    const bool ends = line_break != line.npos || ended_;
    if (!ends && line.size() < kEnough)
      return std::nullopt;
    const std::size_t whole = line.size() + (line_break != line.npos ? 1 : 0);
    if (ends && line.ends_with('\r'))
      line.remove_suffix(1);
    Piece piece = piece_of(line, std::max(most, kLeastText), column_);
    const std::uint64_t number = line_;
    if (ends && piece.bytes == line.size()) {
      begin_ += whole;
      ++line_;
      column_ = 0;
    } else {
      begin_ += piece.bytes;
    }
    if (!is_blank(piece.text))
      return InputText{number, std::move(piece.text)};
  }
  return std::nullopt;
}

}  // namespace chat::pipe
