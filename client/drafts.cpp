#include "client/drafts.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chat::client {

void Drafts::go_to(std::string_view place) {
  bring(place);
  forget_surplus();
}

void Drafts::go_along_to(std::string_view place) {
  if (place == this->place())
    return;
  Kept& from = kept_.front();
  bring(place);
  if (front().editor.empty())
    front().editor = std::exchange(from.draft.editor, {});
  if (from.name.empty())
    front().history.take_over(std::exchange(from.draft.history, {}));
  forget_surplus();
}

void Drafts::restore(std::string_view place, std::string text) {
  auto found = std::ranges::find(kept_, place, &Kept::name);
  if (found == kept_.end())
    found = kept_.insert(kept_.end(), {std::string(place), {}});
  if (found->draft.editor.empty())
    found->draft.editor.set(std::move(text));
}

std::vector<std::pair<std::string, std::string>> Drafts::texts() const {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& [name, draft] : kept_)
    if (!name.empty())
      texts.emplace_back(name, draft.editor.text());
  return texts;
}

void Drafts::bring(std::string_view place) {
  const auto found = std::ranges::find(kept_, place, &Kept::name);
  if (found != kept_.end())
    kept_.splice(kept_.begin(), kept_, found);
  else
    kept_.push_front({std::string(place), {}});
}

void Drafts::forget_surplus() {
  if (kept_.size() <= kMaxDrafts)
    return;
  const auto is_empty = [](const Kept& kept) { return kept.draft.editor.empty(); };
  const auto found = std::find_if(kept_.rbegin(), std::prev(kept_.rend()), is_empty);
  const bool is_found = found != std::prev(kept_.rend());
  kept_.erase(is_found ? std::prev(found.base()) : std::prev(kept_.end()));
}

}  // namespace chat::client
