// How messages are searched for, and shown where they were said.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "client/holes.hpp"
#include "client/model.hpp"

namespace chat::client {

// --- finding ------------------------------------------------------------------------------------

Model::Outcome Model::run(const command::Search& command, std::string_view input) {
  if (command.words.empty()) {
    if (!findings_)
      return std::unexpected("Write it as /search WORDS");
    close_excerpt();
    lists_findings_ = true;
    return {};
  }
  if (auto possible = check_chatting(); !possible)
    return possible;
  if (auto sendable = check_text(command.words); !sendable)
    return sendable;
  search({.what = Request::What::search, .input = std::string(input), .name = command.words}, 0);
  return {};
}

void Model::search(Request request, std::uint64_t before) {
  std::string words = request.name;
  outgoing_.emplace_back(protocol::Search{.request = ask(std::move(request)),
                                          .text = std::move(words),
                                          .before = before,
                                          .count = Findings::kPage});
}

void Model::on(const protocol::SearchResults& results) {
  const auto request = take_request(results.request);
  if (!request || request->what != Request::What::search)
    return;
  if (request->is_further) {
    if (findings_ && findings_->words() == request->name)
      findings_->add(results);
    return;
  }
  leave_past();
  // Further up, nobody would see the line: there it is a list of nothing.
  if (results.hits.empty() && scrollback().at_end())
    return show(LineKind::notice, fmt::format("Nothing was found for: {}", request->name));
  findings_.emplace(request->name);
  findings_->add(results);
  lists_findings_ = true;
}

// Those that are not shown yet, one page at a time.
void Model::search_further() {
  const bool is_asked =
      std::ranges::any_of(requests_, [](const auto& entry) { return entry.second.is_further; });
  if (is_asked || phase_ != Phase::chatting || findings_->next() == 0)
    return;
  search({.what = Request::What::search, .name = findings_->words(), .is_further = true},
         findings_->next());
}

void Model::choose(std::ptrdiff_t hits) {
  if (urls_)
    urls_->move(hits);
  if (shown() != Shown::findings)
    return;
  findings_->failed({});
  findings_->move(hits);
  if (hits > 0 && findings_->is_last_chosen())
    search_further();
}

Model::Outcome Model::list_urls() {
  UrlList list(scrollback().held());
  if (list.urls().empty())
    return std::unexpected("There is no address of a web page in these lines.");
  urls_ = std::move(list);
  return {};
}

// --- finding in what is shown -------------------------------------------------------------------

void Model::find() {
  if (shown() == Shown::room && !line_search_)
    line_search_.emplace(rooms_.current().scrollback.at_end());
}

bool Model::find_type(std::string_view text, Size area) {
  if (!line_search_ || !line_search_->add(text))
    return false;
  find_again(area);
  return true;
}

void Model::find_erase(Size area) {
  if (!line_search_)
    return;
  line_search_->erase();
  find_again(area);
}

// What is looked for has changed.
void Model::find_again(Size area) {
  using Result = LineSearch::Result;
  const bool is_found =
      line_search_->words().empty() ||
      rooms_.current().scrollback.find_older(*line_search_, area, Scrollback::From::here);
  line_search_->came_to(is_found ? Result::found : Result::nothing_older);
}

void Model::find_older(Size area) {
  using Result = LineSearch::Result;
  if (line_search_)
    line_search_->came_to(
        rooms_.current().scrollback.find_older(*line_search_, area, Scrollback::From::next)
            ? Result::found
            : Result::nothing_older);
}

void Model::find_newer(Size area) {
  using Result = LineSearch::Result;
  if (line_search_)
    line_search_->came_to(rooms_.current().scrollback.find_newer(*line_search_, area)
                              ? Result::found
                              : Result::nothing_newer);
}

void Model::leave_find() {
  if (!line_search_)
    return;
  rooms_.current().scrollback.forget_found();
  if (line_search_->was_at_end())
    rooms_.current().scrollback.to_end();
  line_search_.reset();
}

// --- looking at it ------------------------------------------------------------------------------

std::string Model::place_of(const protocol::SearchHit& hit) const {
  const auto room = std::ranges::find(rooms_, hit.room, &Room::id);
  if (room != rooms_.end())
    return room->shown_name();
  // A conversation that is not shown, of which this message alone tells.
  return hit.user == me_ ? "@?" : fmt::format("@{}", hit.nickname);
}

void Model::show_chosen(Size area) {
  if (shown() != Shown::findings || findings_->hits().empty())
    return;
  const protocol::SearchHit& hit = findings_->hits()[findings_->chosen()];
  findings_->failed({});
  open_excerpt(Excerpt(hit.room, place_of(hit), hit.sequence, Excerpt::Begin::around, area));
  settle();
}

// It is shown as soon as the message is there.
void Model::open_excerpt(Excerpt excerpt) {
  close_excerpt();
  excerpt_ = std::move(excerpt);
  reads_.want(excerpt_->around());
}

void Model::close_excerpt() {
  excerpt_.reset();
  reads_.forget(Range::For::excerpt);
}

void Model::leave_past() {
  leave_urls();
  leave_find();
  close_excerpt();
  lists_findings_ = false;
}

void Model::to_now() {
  leave_past();
  rooms_.current().scrollback.to_end();
  settle();
}

// As the user scrolls.
void Model::read_excerpt(std::optional<Range> range) {
  if (range && phase_ != Phase::chatting)
    excerpt_->failed("The connection is lost.");
  else if (range && !reads_.wants(range->room, Range::For::excerpt))
    reads_.want(std::move(*range));
}

void Model::show_in_excerpt(const Reads::Part& part) {
  if (!excerpt_ || excerpt_->room() != part.range.room)
    return;
  std::vector<Line> lines;
  for (const auto& message : part.messages) {
    Line line = past_line(message);
    if (excerpt_->is_marked(message.sequence))
      line.kind = LineKind::hit;
    lines.push_back(std::move(line));
  }
  const auto if_held = [this](Sequence number) {
    return excerpt_->holds(number) ? number : Sequence{};
  };
  tell_of_holes(lines, part.is_last ? if_held(part.range.after) : Sequence{},
                if_held(part.range.before));
  excerpt_->add(part.range, std::move(lines), part.is_oldest);
  if (part.is_last && !excerpt_->is_ready())
    excerpt_failed("This message is not kept any more.");
}

void Model::excerpt_failed(std::string_view why) {
  if (excerpt_ && excerpt_->is_ready())
    return excerpt_->failed(std::string(why));
  close_excerpt();
  if (lists_findings_)
    findings_->failed(std::string(why));
  else
    show(LineKind::error, why);
}

}  // namespace chat::client
