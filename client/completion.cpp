#include "client/completion.hpp"

#include <algorithm>
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

std::vector<std::string> those_from(std::string_view word, const std::vector<std::string>& all) {
  std::vector<std::string> found;
  for (const std::string& one : all)
    if (one.starts_with(word))
      found.push_back(one + " ");
  return found;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0)
      words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// What a command wants behind itself and its first arguments, as its description calls that; empty
// when nothing is known of it.
std::string wanted_behind(const std::vector<std::string>& words) {
  const auto all = command::descriptions();
  const auto found = std::ranges::find(all, words[0], &command::Description::name);
  if (found == all.end())
    return {};
  const auto arguments = words_of(found->arguments);
  if (words.size() > arguments.size())
    return {};
  std::string wanted = arguments[words.size() - 1];
  std::erase_if(wanted, [](char c) { return c == '[' || c == ']'; });
  return wanted;
}

// The words for what stands behind a command and its first arguments; nothing when no such thing is
// wanted there.
std::optional<std::vector<std::string>> argument_from(std::string_view before,
                                                      std::string_view word,
                                                      const Vocabulary& vocabulary) {
  if (!before.starts_with('/') || before.find('\n') != before.npos)
    return std::nullopt;
  const auto words = words_of(before);
  const std::string wanted = wanted_behind(words);
  if (wanted == "ROOM")
    return those_from<RoomName>(word, vocabulary.rooms, "", " ");
  if (wanted == "NAME")
    return those_from<Nickname>(word, vocabulary.names, "", " ");
  if (wanted == "SETTING")
    return those_from(word, vocabulary.settings);
  if (wanted == "KEY")
    return those_from(word, vocabulary.keys);
  if (wanted == "ACTION")
    return those_from(word, vocabulary.actions);
  if (const auto values = vocabulary.values.find(words.back());
      wanted == "VALUE" && values != vocabulary.values.end())
    return those_from(word, values->second);
  return std::nullopt;
}

std::vector<std::string> words_for(std::string_view before, std::string_view word,
                                   const Vocabulary& vocabulary) {
  if (auto argument = argument_from(before, word, vocabulary))
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
