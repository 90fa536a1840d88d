#include "client/completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "client/command.hpp"
#include "client/words.hpp"
#include "libchat/name.hpp"

namespace chat::client {
namespace {

// Between arguments of which one is wanted.
constexpr std::string_view kOr = "OR";

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

// "[SETTING [VALUE]]" has two arguments, "[ROOM OR NAME]" one: the words before OR and behind it
// belong together.
std::vector<std::string> arguments_of(const command::Description& description) {
  std::vector<std::string> arguments;
  bool is_alternative = false;
  for (std::string word : words_of(description.arguments)) {
    std::erase_if(word, [](char c) { return c == '[' || c == ']'; });
    if (word == kOr)
      is_alternative = true;
    else if (std::exchange(is_alternative, false))
      arguments.back() += fmt::format(" {} {}", kOr, word);
    else
      arguments.push_back(std::move(word));
  }
  return arguments;
}

// What a command wants behind itself and its first arguments, as its description calls that; empty
// when nothing is known of it.
std::string wanted_behind(const std::vector<std::string>& words) {
  const auto all = command::descriptions();
  const auto found = std::ranges::find(all, words[0], &command::Description::name);
  if (found == all.end())
    return {};
  const auto arguments = arguments_of(*found);
  return words.size() > arguments.size() ? std::string() : arguments[words.size() - 1];
}

// Rooms, and conversations as "@Lisa" or by the name alone.
std::vector<std::string> places_from(std::string_view word, const Vocabulary& vocabulary) {
  if (word.starts_with('@'))
    return those_from<Nickname>(word.substr(1), vocabulary.partners, "@", " ");
  auto places = those_from<RoomName>(word, vocabulary.rooms, "", " ");
  std::ranges::move(those_from<Nickname>(word, vocabulary.partners, "@", " "),
                    std::back_inserter(places));
  return places;
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
  if (wanted == "ROOM OR NAME")
    return places_from(word, vocabulary);
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
