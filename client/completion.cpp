#include "client/completion.hpp"

#include <algorithm>
#include <utility>

#include "client/command.hpp"
#include "libchat/name.hpp"

namespace chat::client {
namespace {

enum class Wanted { name, room, nothing };

std::vector<std::string> commands_from(std::string_view word) {
  std::vector<std::string> found;
  for (const auto& description : command::descriptions())
    if (description.name.starts_with(word))
      found.push_back(std::string(description.name) + " ");
  return found;
}

// How a name or the beginning of one compares; empty when it cannot begin a name.
template <class Name>
std::string folded(std::string_view word) {
  const auto name = Name::make(word);
  return name ? std::string(name->folded()) : std::string();
}

template <class Name>
std::vector<std::string> those_from(std::string_view word, const std::vector<std::string>& names,
                                    std::string_view before, std::string_view behind) {
  const std::string beginning = folded<Name>(word);
  std::vector<std::string> found;
  if (beginning.empty() && !word.empty())
    return found;
  for (const std::string& name : names)
    if (folded<Name>(name).starts_with(beginning))
      found.push_back(std::string(before) + name + std::string(behind));
  return found;
}

// What the command wants as its first argument.
Wanted wanted_by(std::string_view command) {
  const auto all = command::descriptions();
  const auto found = std::ranges::find(all, command, &command::Description::name);
  if (found == all.end())
    return Wanted::nothing;
  if (found->arguments.starts_with("ROOM") || found->arguments.starts_with("[ROOM"))
    return Wanted::room;
  const bool is_name =
      found->arguments.starts_with("NAME") || found->arguments.starts_with("[NAME");
  return is_name ? Wanted::name : Wanted::nothing;
}

// The words for what stands directly behind a command; nothing when that wants no such thing.
std::optional<std::vector<std::string>> argument_from(std::string_view command,
                                                      std::string_view word,
                                                      const Vocabulary& vocabulary) {
  if (!command.starts_with('/') || command.find_first_of(" \n") != command.npos)
    return std::nullopt;
  switch (wanted_by(command)) {
    case Wanted::room:
      return those_from<RoomName>(word, vocabulary.rooms, "", " ");
    case Wanted::name:
      return those_from<Nickname>(word, vocabulary.names, "", " ");
    case Wanted::nothing:
      break;
  }
  return std::nullopt;
}

std::vector<std::string> words_for(std::string_view before, std::string_view word,
                                   const Vocabulary& vocabulary) {
  if (!before.empty())
    if (auto argument = argument_from(before.substr(0, before.size() - 1), word, vocabulary))
      return *std::move(argument);
  if (word.empty())
    return {};
  if (before.empty() && word.starts_with('/'))
    return commands_from(word);
  if (before.empty() && word.starts_with('@'))
    return those_from<Nickname>(word.substr(1), vocabulary.names, "@", " ");
  return those_from<Nickname>(word, vocabulary.names, "", before.empty() ? ": " : " ");
}

}  // namespace

Candidates candidates_for(std::string_view text, const Vocabulary& vocabulary) {
  const std::size_t begin = text.find_last_of(" \n") + 1;  // npos + 1 is 0
  return {begin, words_for(text.substr(0, begin), text.substr(begin), vocabulary)};
}

bool Completion::next(Editor& editor, const Vocabulary& vocabulary, Direction direction) {
  const bool is_forwards = direction == Direction::forwards;
  if (round_) {
    const std::size_t count = round_->candidates.words.size();
    round_->shown = (round_->shown + (is_forwards ? 1 : count - 1)) % count;
  } else {
    auto candidates =
        candidates_for(std::string_view(editor.text()).substr(0, editor.cursor()), vocabulary);
    if (candidates.words.empty())
      return false;
    const std::size_t last = candidates.words.size() - 1;
    round_ = Round{std::move(candidates), is_forwards ? 0 : last};
  }
  const auto& [begin, words] = round_->candidates;
  editor.replace(begin, editor.cursor(), words[round_->shown]);
  return true;
}

}  // namespace chat::client
