#include "tools/pipe/deliveries.hpp"

#include <algorithm>

namespace chat::pipe {

void Deliveries::said(const MessageId& id, std::string_view text) {
  waiting_.emplace(id, Said{line_, std::string(text)});
}

void Deliveries::done(const MessageId& id) {
  settled_ += waiting_.erase(id);
}

void Deliveries::given_up(const MessageId& id, std::string_view why) {
  if (auto taken = waiting_.extract(id))
    fail(std::move(taken.mapped()), why);
}

void Deliveries::refused(std::string_view text, std::string_view why) {
  fail({line_, std::string(text)}, why);
}

void Deliveries::give_up_all(std::string_view why) {
  std::vector<Said> all;
  for (auto& [id, said] : std::exchange(waiting_, {}))
    all.push_back(std::move(said));
  std::ranges::stable_sort(all, {}, &Said::line);
  for (Said& said : all)
    fail(std::move(said), why);
}

const Deliveries::Said* Deliveries::find(const MessageId& id) const {
  const auto found = waiting_.find(id);
  return found == waiting_.end() ? nullptr : &found->second;
}

void Deliveries::fail(Said said, std::string_view why) {
  ++settled_;
  ++failed_;
  news_.push_back({std::move(said), std::string(why)});
}

}  // namespace chat::pipe
