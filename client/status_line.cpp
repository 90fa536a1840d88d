#include "client/status_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "client/glyph.hpp"
#include "client/key_hints.hpp"
#include "client/pen.hpp"

namespace chat::client {
namespace {

// The longest that fits; in a narrow terminal the time and the key matter most.
std::string words_about_connection(const Model& model, const Bindings& bindings, Columns width) {
  if (model.server_restarts())
    return width < Columns{28} ? "Restarting" : "The server restarts · connecting";
  const auto wait = model.next_try();
  if (!wait)
    return width < Columns{28} ? "Lost" : "Connection lost · connecting";
  const auto seconds = wait->count();
  const std::string bound = key_for("try-now", bindings);
  const std::string key = bound.empty() ? bound : " · " + bound;
  const std::string_view does = bound.empty() ? "" : " tries now";
  const std::string words[] = {
      fmt::format("Connection lost · next try in {} s{}{}", seconds, key, does),
      fmt::format("Lost · next try in {} s{}{}", seconds, key, does),
      fmt::format("Lost · next try in {} s{}", seconds, key),
      fmt::format("Lost · {} s{}", seconds, key),
      fmt::format("Lost · {} s", seconds),
  };
  for (const std::string& text : words)
    if (width_of(text) <= width)
      return text;
  return "Lost";
}

std::string longest_of(std::string text, std::string shorter, Columns width) {
  return width_of(text) <= width ? std::move(text) : std::move(shorter);
}

// Without a key the command does it.
std::string words_about_failures(const Model& model, const Bindings& bindings, Columns width) {
  const std::string bound = key_for("resend", bindings);
  const std::string how = bound.empty() ? "/resend" : bound;
  return longest_of(model.not_sent() == 1 ? fmt::format("Not sent · {} sends it again", how)
                                          : fmt::format("{} not sent · {} sends the last one again",
                                                        model.not_sent(), how),
                    bound.empty() ? how : how + " resends", width);
}

std::string words_for_chat(const Model& model, const Bindings& bindings, Columns width) {
  if (model.not_sent() > 0)
    return words_about_failures(model, bindings, width);
  if (const Room* const room = model.front(); room != nullptr && !room->typists.empty())
    return room->typists.sentence(width);
  if (model.is_away())
    return longest_of("/back says that you are here again", "/back", width);
  return longest_of("/help explains the commands", "/help", width);
}

bool is_alarming(const Model& model) {
  return model.phase() == Phase::reconnecting || model.phase() == Phase::disconnected ||
         (model.not_sent() > 0 && model.phase() == Phase::chatting);
}

std::string words_for(const Model& model, const Bindings& bindings, Columns width) {
  switch (model.phase()) {
    case Phase::naming:
      return longest_of("Enter a nickname, or /quit", "Nickname, or /quit", width);
    case Phase::greeting:
      return "Waiting for the server";
    case Phase::chatting:
      return words_for_chat(model, bindings, width);
    case Phase::reconnecting:
      return words_about_connection(model, bindings, width);
    case Phase::disconnected:
      return longest_of("Disconnected; /quit ends", "Disconnected", width);
    case Phase::quitting:
      return "Goodbye";
  }
  return {};
}

// Before words that would take all of the status line; `width` is what these need.
void draw_connection_before(Pen& pen, const Model& model, const Bindings& bindings, Columns width) {
  constexpr std::string_view kBetween = " · ";
  constexpr Columns kShort{20};  // with the time and the key
  if (model.phase() != Phase::reconnecting)
    return;
  const Columns left = pen.left() - width - width_of(kBetween);
  const Columns most = std::max(left, std::min(kShort, pen.left()));
  pen.write(words_about_connection(model, bindings, most), Style::bar_alert);
  pen.write(kBetween, Style::bar);
}

void draw_scrolled_up(Pen& pen, const Model& model, const Bindings& bindings) {
  const std::size_t below = model.scrollback().new_below();
  constexpr Columns kNarrow{31};
  if (pen.left() < kNarrow && model.phase() != Phase::reconnecting)
    return pen.write(below > 0 ? fmt::format("{} new · PgDn · Esc", below) : "PgDn · Esc",
                     below > 0 ? Style::bar_alert : Style::bar);
  const auto more = below > 0 ? fmt::format("{} new below · ", below) : std::string();
  constexpr std::string_view kBothKeys = "PgDn scrolls down · Esc goes back to now";
  constexpr std::string_view kOneKey = "PgDn scrolls down";
  const bool has_room =
      model.phase() != Phase::reconnecting && width_of(more) + width_of(kBothKeys) <= pen.left();
  const std::string_view keys = has_room ? kBothKeys : kOneKey;
  draw_connection_before(pen, model, bindings, width_of(more) + width_of(keys));
  pen.write(more, Style::bar_alert);
  pen.write_shortened(keys, Style::bar);
}

// `what` was being done, and `trouble` came of it.
void draw_past(Pen& pen, const Model& model, const Bindings& bindings, std::string_view what,
               std::string_view trouble) {
  draw_connection_before(pen, model, bindings, width_of(trouble.empty() ? what : trouble));
  if (!trouble.empty())
    return pen.write_shortened(trouble, Style::bar_alert);
  if (model.awaits_excerpt())
    pen.write("Reading · ", Style::bar_alert);
  pen.write_shortened(what, Style::bar);
}

void draw_findings_status(Pen& pen, const Model& model, const Bindings& bindings) {
  const Findings& findings = model.findings();
  if (findings.hits().empty())
    return draw_past(pen, model, bindings,
                     fmt::format("Nothing was found for: {} · Esc ends", findings.words()),
                     findings.trouble());
  const auto what =
      fmt::format("{} found{} for {} · Enter shows it there · Esc ends", findings.hits().size(),
                  findings.next() == 0 ? "" : " so far", findings.words());
  draw_past(pen, model, bindings, what, findings.trouble());
}

void draw_urls_status(Pen& pen, const Model& model, const Bindings& bindings) {
  const std::size_t count = model.urls().urls().size();
  draw_past(
      pen, model, bindings,
      fmt::format("{} {} · Enter opens it · Esc ends", count, count == 1 ? "address" : "addresses"),
      {});
}

void draw_find_status(Pen& pen, const Model& model, const Bindings& bindings,
                      const LineSearch& search) {
  constexpr std::string_view kKeys = "Enter: older · Down: newer · Esc ends";
  switch (search.result()) {
    case LineSearch::Result::found:
      return draw_past(pen, model, bindings, fmt::format("Find: {} · {}", search.words(), kKeys),
                       {});
    case LineSearch::Result::nothing_newer:
      return draw_past(pen, model, bindings, {}, fmt::format("Nothing newer: {}", search.words()));
    case LineSearch::Result::nothing_older:
      return draw_past(pen, model, bindings, {},
                       fmt::format("Nothing older: {} · /search asks the server", search.words()));
  }
}

void draw_excerpt_status(Pen& pen, const Model& model, const Bindings& bindings) {
  const std::string title = model.excerpt().title();
  const auto what = longest_of(fmt::format("{} · PgUp, PgDn scroll · Esc goes back to now", title),
                               fmt::format("{} · Esc", title), pen.left());
  draw_past(pen, model, bindings, what, model.excerpt().trouble());
}

}  // namespace

void draw_status(Screen& screen, const Area& area, const Model& model, const Bindings& bindings,
                 const std::string& refusal) {
  Pen pen(screen, area);
  pen.fill(Style::bar);
  pen.write(" ", Style::bar);
  if (!refusal.empty()) {
    draw_connection_before(pen, model, bindings, width_of(refusal));
    return pen.write_shortened(refusal, Style::bar_alert);
  }
  if (const LineSearch* search = model.line_search())
    return draw_find_status(pen, model, bindings, *search);
  if (model.shown() == Model::Shown::findings)
    return draw_findings_status(pen, model, bindings);
  if (model.shown() == Model::Shown::urls)
    return draw_urls_status(pen, model, bindings);
  if (model.shown() == Model::Shown::excerpt)
    return draw_excerpt_status(pen, model, bindings);
  if (!model.scrollback().at_end())
    return draw_scrolled_up(pen, model, bindings);
  if (!model.nickname().empty())
    pen.write(fmt::format("{}{} · ", model.nickname(), model.is_away() ? " (away)" : ""),
              Style::bar);
  pen.write_shortened(words_for(model, bindings, pen.left()),
                      is_alarming(model) ? Style::bar_alert : Style::bar);
}

}  // namespace chat::client
