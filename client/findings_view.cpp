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

void draw_hit(Pen pen, const protocol::SearchHit& hit, const std::string& place,
              std::string_view words, bool is_chosen) {
  if (is_chosen)
    pen.fill(Style::hit);
  const auto style = [&](Style usual) { return is_chosen ? Style::hit : usual; };
  pen.write(is_chosen ? "> " : "  ", style(Style::normal));
  pen.write(fmt::format("{} ", date_and_clock(hit.time)), style(Style::dim));
  pen.write(fmt::format("{} ", place), style(Style::event));
  pen.write_shortened(found_part(said(hit.kind, hit.nickname, {}), hit.text, words, pen.left()),
                      style(Style::normal));
}

}  // namespace

void draw_findings(Screen& screen, const Area& area, const Model& model) {
  const Findings& findings = model.findings();
  const auto rows = static_cast<std::size_t>(std::max(area.size.height.value, 0));
  const auto hits = findings.hits();
  Rows row;
  for (std::size_t i = findings.first_shown(rows); i < hits.size() && row < area.size.height;
       ++i, row += Rows{1})
    draw_hit(Pen(screen, area, row), hits[i], model.place_of(hits[i]), findings.words(),
             i == findings.chosen());
}

}  // namespace chat::client
