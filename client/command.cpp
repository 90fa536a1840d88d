#include "client/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "client/words.hpp"

namespace chat::client::command {
namespace {

using Result = std::expected<Command, std::string>;

constexpr std::array kDescriptions = {
    Description{"/help", "", "explains commands and keys"},
    Description{"/keys", "", "lists all keys"},
    Description{"/nick", "NAME", "changes your nickname"},
    Description{"/msg", "NAME TEXT", "whispers; @NAME TEXT does too"},
    Description{"/whisper", "NAME [TEXT]", "the same; without text, shows the conversation"},
    Description{"/query", "NAME [TEXT]", "shows the conversation, and says the text in it"},
    Description{"/me", "TEXT", "says what you do: * Lisa waves"},
    Description{"/away", "[TEXT]", "tells the others that you do not look; the text says why"},
    Description{"/back", "", "tells them that you do again"},
    Description{"/join", "ROOM", "enters a room, or shows it again"},
    Description{"/leave", "[ROOM]", "leaves the room in front, or another"},
    Description{"/close", "", "leaves the room in front, or ends the conversation"},
    Description{"/go", "[ROOM OR NAME]",
                "shows what is meant by a part of its name; alone, where you were before"},
    Description{"/who", "", "lists who is in the room"},
    Description{"/rooms", "", "lists the rooms"},
    Description{"/search", "WORDS", "finds messages; without words, shows what was found last"},
    Description{"/resend", "", "sends again what was not sent, the last of it first"},
    Description{"/clear", "", "empties the chat area"},
    Description{"/set", "[SETTING [VALUE]]", "shows settings, or changes one"},
    Description{"/unset", "SETTING", "takes the default again"},
    Description{"/bind", "[KEY [ACTION]]", "shows what keys do, or lets one do something else"},
    Description{"/quit", "", "says goodbye and ends"},
};

struct Split {
  std::string_view word;
  std::string_view rest;
};

Split split_word(std::string_view text) {
  const auto end = std::min(text.find(' '), text.size());
  return {text.substr(0, end), trimmed(text.substr(end))};
}

std::unexpected<std::string> usage(std::string_view name) {
  const auto found = std::ranges::find(kDescriptions, name, &Description::name);
  if (found->arguments.empty())
    return std::unexpected(fmt::format("{} stands alone.", name));
  return std::unexpected(fmt::format("Write it as {} {}", name, found->arguments));
}

template <class C>
Result alone(std::string_view name, std::string_view arguments) {
  if (!arguments.empty())
    return usage(name);
  return C{};
}

// A command with one argument without spaces.
template <class C>
Result with_name(std::string_view name, std::string_view arguments) {
  if (arguments.empty() || arguments.find(' ') != arguments.npos)
    return usage(name);
  return C{std::string(arguments)};
}

Result whisper(std::string_view usage_of, std::string_view arguments) {
  const auto [nickname, text] = split_word(arguments);
  if (text.empty())
    return usage(usage_of);
  return Whisper{std::string(nickname), std::string(text)};
}

Result query(std::string_view usage_of, std::string_view arguments) {
  const auto [nickname, text] = split_word(arguments);
  if (nickname.empty())
    return usage(usage_of);
  return Query{std::string(nickname), std::string(text)};
}

Result whisper_or_query(std::string_view usage_of, std::string_view arguments) {
  return split_word(arguments).rest.empty() ? query(usage_of, arguments)
                                            : whisper(usage_of, arguments);
}

Result action(std::string_view name, std::string_view arguments) {
  if (arguments.empty())
    return usage(name);
  return Action{std::string(arguments)};
}

Result away(std::string_view, std::string_view arguments) {
  return Away{std::string(arguments)};
}

Result leave(std::string_view name, std::string_view arguments) {
  return arguments.empty() ? Result(Leave{}) : with_name<Leave>(name, arguments);
}

Result go(std::string_view, std::string_view arguments) {
  return Go{std::string(arguments)};
}

Result search(std::string_view, std::string_view arguments) {
  return Search{std::string(arguments)};
}

Result set(std::string_view, std::string_view arguments) {
  const auto [name, value] = split_word(arguments);
  return Set{std::string(name), std::string(value)};
}

Result bind(std::string_view name, std::string_view arguments) {
  const auto [key, action] = split_word(arguments);
  if (action.find(' ') != action.npos)
    return usage(name);
  return Bind{std::string(key), std::string(action)};
}

using Parser = Result (*)(std::string_view name, std::string_view arguments);

constexpr std::array<std::pair<std::string_view, Parser>, kDescriptions.size()> kParsers = {{
    {"/help", alone<Help>},
    {"/keys", alone<Keys>},
    {"/nick", with_name<Nick>},
    {"/msg", whisper},
    {"/whisper", whisper_or_query},
    {"/query", query},
    {"/me", action},
    {"/away", away},
    {"/back", alone<Back>},
    {"/join", with_name<Join>},
    {"/leave", leave},
    {"/close", alone<Close>},
    {"/go", go},
    {"/who", alone<Who>},
    {"/rooms", alone<Rooms>},
    {"/search", search},
    {"/resend", alone<Resend>},
    {"/clear", alone<Clear>},
    {"/set", set},
    {"/unset", with_name<Unset>},
    {"/bind", bind},
    {"/quit", alone<Quit>},
}};

Result parse_slash(std::string_view line) {
  const auto [word, arguments] = split_word(line);
  std::string name(word);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const auto* found =
      std::ranges::find(kParsers, std::string_view(name), &decltype(kParsers)::value_type::first);
  if (found == kParsers.end())
    return std::unexpected(
        fmt::format("There is no command {}. See /help; // starts a text with a slash.", name));
  return found->second(name, arguments);
}

}  // namespace

std::expected<Command, std::string> parse(std::string_view line) {
  if (line.starts_with("//"))
    return Say{std::string(line.substr(1))};
  if (line.starts_with('/'))
    return parse_slash(line);
  if (line.starts_with('@') && line.size() > 1 && line[1] != ' ') {
    if (split_word(line).rest.empty())
      return std::unexpected("To whisper, write @NAME TEXT");
    return whisper("/msg", line.substr(1));
  }
  return Say{std::string(line)};
}

bool is_said_here(std::string_view line) {
  if (line.find_first_not_of(" \n") == line.npos)
    return false;
  return line.starts_with("//") || line.starts_with("@ ") ||
         !(line.starts_with('/') || line.starts_with('@'));
}

std::span<const Description> descriptions() {
  return kDescriptions;
}

}  // namespace chat::client::command
