#include "client/status_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "client/glyph.hpp"
#include "client/key_hints.hpp"
#include "client/pen.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kBetween = " · ";

// As keyboards have it.
std::string short_key_for(std::string_view action, const Bindings& bindings) {
  const std::string key = key_for(action, bindings);
  if (key == "PageUp")
    return "PgUp";
  return key == "PageDown" ? "PgDn" : key;
}

// Empty when no key does that.
std::string hint(std::string_view action, std::string_view does, const Bindings& bindings) {
  const std::string key = short_key_for(action, bindings);
  return key.empty() ? key : fmt::format("{} {}", key, does);
}

// Those that are not empty.
std::string joined(std::initializer_list<std::string> parts) {
  std::string all;
  for (const std::string& part : parts)
    if (!part.empty())
      all += (all.empty() ? "" : std::string(kBetween)) + part;
  return all;
}

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
  constexpr Columns kShort{20};  // with the time and the key
  if (model.phase() != Phase::reconnecting)
    return;
  const Columns left = pen.left() - width - width_of(kBetween);
  const Columns most = std::max(left, std::min(kShort, pen.left()));
  pen.write(words_about_connection(model, bindings, most), Style::bar_alert);
  pen.write(kBetween, Style::bar);
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

void draw_scrolled_up(Pen& pen, const Model& model, const Bindings& bindings) {
  const std::size_t below = model.scrollback().new_below();
  const Style style = below > 0 ? Style::bar_alert : Style::bar;
  constexpr Columns kNarrow{31};
  if (pen.left() < kNarrow && model.phase() != Phase::reconnecting)
    return pen.write(joined({below > 0 ? fmt::format("{} new", below) : "",
                             short_key_for("page-down", bindings), short_key_for("now", bindings)}),
                     style);
  const std::string more = below > 0 ? fmt::format("{} new below", below) : "";
  const std::string one_key = hint("page-down", "scrolls down", bindings);
  const std::string both_keys = joined({one_key, hint("now", "goes back to now", bindings)});
  const bool has_room =
      model.phase() != Phase::reconnecting && width_of(joined({more, both_keys})) <= pen.left();
  const std::string& keys = has_room || one_key.empty() ? both_keys : one_key;
  if (more.empty() && keys.empty())
    return draw_past(pen, model, bindings, "Further up", {});
  draw_connection_before(pen, model, bindings, width_of(joined({more, keys})));
  pen.write(more, style);
  pen.write(more.empty() || keys.empty() ? "" : kBetween, style);
  pen.write_shortened(keys, Style::bar);
}

void draw_findings_status(Pen& pen, const Model& model, const Bindings& bindings) {
  const Findings& findings = model.findings();
  const std::string leaves = hint("list-leave", "ends", bindings);
  if (findings.hits().empty())
    return draw_past(pen, model, bindings,
                     joined({fmt::format("Nothing was found for: {}", findings.words()), leaves}),
                     findings.trouble());
  const auto what = fmt::format("{} found{} for {}", findings.hits().size(),
                                findings.next() == 0 ? "" : " so far", findings.words());
  draw_past(pen, model, bindings,
            joined({what, hint("list-show", "shows it there", bindings), leaves}),
            findings.trouble());
}

void draw_urls_status(Pen& pen, const Model& model, const Bindings& bindings) {
  const std::size_t count = model.urls().urls().size();
  draw_past(pen, model, bindings,
            joined({fmt::format("{} {}", count, count == 1 ? "address" : "addresses"),
                    hint("list-show", "opens it", bindings), hint("list-leave", "ends", bindings)}),
            {});
}

void draw_find_status(Pen& pen, const Model& model, const Bindings& bindings,
                      const LineSearch& search) {
  const auto key_to = [&](std::string_view action, std::string_view where) {
    const std::string key = short_key_for(action, bindings);
    return key.empty() ? key : fmt::format("{}: {}", key, where);
  };
  switch (search.result()) {
    case LineSearch::Result::found:
      return draw_past(
          pen, model, bindings,
          joined({fmt::format("Find: {}", search.words()), key_to("find-older", "older"),
                  key_to("find-newer", "newer"), hint("find-leave", "ends", bindings)}),
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
  const std::string up = short_key_for("page-up", bindings);
  const std::string down = short_key_for("page-down", bindings);
  const std::string scrolls =
      up.empty() || down.empty() ? "" : fmt::format("{}, {} scroll", up, down);
  const auto what = longest_of(joined({title, scrolls, hint("now", "goes back to now", bindings)}),
                               joined({title, short_key_for("now", bindings)}), pen.left());
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
