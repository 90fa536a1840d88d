#include "client/findings_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "client/found_part.hpp"
#include "client/pen.hpp"
#include "client/wording.hpp"

namespace chat::client {
namespace {

// An entry of a list, the chosen one as a bar with a mark.
class Entry {
 public:
  Entry(Pen pen, bool is_chosen) : pen_(pen), is_chosen_(is_chosen) {
    if (is_chosen)
      pen_.fill(Style::hit);
    write(is_chosen ? "> " : "  ", Style::normal);
  }

  void write(std::string_view text, Ink ink) { pen_.write(text, is_chosen_ ? Style::hit : ink); }
  void write_shortened(std::string_view text, Ink ink) {
    pen_.write_shortened(text, is_chosen_ ? Style::hit : ink);
  }
  Columns left() const { return pen_.left(); }

 private:
  Pen pen_;
  bool is_chosen_;
};

// Where there is little room, what was said or the address is all that is shown.
bool has_room_for_details(const Entry& entry) {
  constexpr Columns kLittle{40};
  return entry.left() >= kLittle;
}

void draw_hit(Entry entry, const protocol::SearchHit& hit, const std::string& place,
              std::string_view words) {
  if (has_room_for_details(entry)) {
    entry.write(fmt::format("{} ", date_and_clock(hit.time)), Style::dim);
    entry.write(fmt::format("{} ", place), Style::event);
  }
  entry.write_shortened(found_part(said(hit.kind, hit.nickname, {}), hit.text, words, entry.left()),
                        Style::normal);
}

void draw_url(Entry entry, const FoundUrl& found) {
  if (has_room_for_details(entry)) {
    if (found.time != WallTime{})
      entry.write(fmt::format("{} ", date_and_clock(found.time)), Style::dim);
    entry.write(fmt::format("{} ", found.from), Ink(Style::normal, colour_of(found.from)));
  }
  entry.write_shortened(found.url, Style::normal);
}

std::size_t rows_of(const Area& area) {
  return static_cast<std::size_t>(std::max(area.size.height.value, 0));
}

}  // namespace

void draw_findings(Screen& screen, const Area& area, const Model& model) {
  const Findings& findings = model.findings();
  const auto hits = findings.hits();
  Rows row;
  for (std::size_t i = findings.first_shown(rows_of(area));
       i < hits.size() && row < area.size.height; ++i, row += Rows{1})
    draw_hit(Entry(Pen(screen, area, row), i == findings.chosen()), hits[i],
             model.place_of(hits[i]), findings.words());
}

void draw_urls(Screen& screen, const Area& area, const Model& model) {
  const UrlList& list = model.urls();
  const auto urls = list.urls();
  Rows row;
  for (std::size_t i = list.first_shown(rows_of(area)); i < urls.size() && row < area.size.height;
       ++i, row += Rows{1})
    draw_url(Entry(Pen(screen, area, row), i == list.chosen()), urls[i]);
}

}  // namespace chat::client
