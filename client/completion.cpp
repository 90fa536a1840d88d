#include "client/completion.hpp"

#include <utility>

#include "client/command.hpp"
#include "libchat/name.hpp"

namespace chat::client {
namespace {

std::vector<std::string> commands_from(std::string_view word) {
  std::vector<std::string> found;
  for (const auto& description : command::descriptions())
    if (description.name.starts_with(word))
      found.push_back(std::string(description.name) + " ");
  return found;
}

// How a name or the beginning of one compares; empty when it cannot begin a name.
std::string folded(std::string_view word) {
  const auto name = Nickname::make(word);
  return name ? std::string(name->folded()) : std::string();
}

std::vector<std::string> names_from(std::string_view word, std::string_view before,
                                    const std::vector<std::string>& names) {
  const std::string beginning = folded(word);
  std::vector<std::string> found;
  if (beginning.empty() && !word.empty())
    return found;
  for (const std::string& name : names)
    if (folded(name).starts_with(beginning))
      found.push_back(std::string(before) + name + " ");
  return found;
}

}  // namespace

Candidates candidates_for(std::string_view line, const std::vector<std::string>& names) {
  const std::size_t begin = line.find_last_of(" \n") + 1;  // npos + 1 is 0
  const std::string_view word = line.substr(begin);
  if (word.empty() && line != "/msg ")
    return {};
  if (begin == 0 && word.starts_with('/'))
    return {begin, commands_from(word)};
  if (begin == 0 && word.starts_with('@'))
    return {begin, names_from(word.substr(1), "@", names)};
  return {begin, names_from(word, "", names)};
}

bool Completion::next(Editor& editor, const std::vector<std::string>& names) {
  if (round_) {
    round_->shown = (round_->shown + 1) % round_->candidates.words.size();
  } else {
    auto candidates =
        candidates_for(std::string_view(editor.text()).substr(0, editor.cursor()), names);
    if (candidates.words.empty())
      return false;
    round_ = Round{std::move(candidates), 0};
  }
  const auto& [begin, words] = round_->candidates;
  editor.replace(begin, editor.cursor(), words[round_->shown]);
  return true;
}

}  // namespace chat::client
