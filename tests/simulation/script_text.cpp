#include "tests/simulation/script_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <sstream>

namespace chat::sim {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Act::wait) + 1> kNames = {
    "come",  "impose", "claim",     "flood", "say",     "repeat", "whisper", "rename",  "join",
    "leave", "list",   "tell",      "read",  "goodbye", "junk",   "vanish",  "hang_up", "deliver",
    "flush", "enter",  "carry_out", "round", "hold",    "commit", "release", "fail",    "mix",
    "fetch", "crash",  "restart",   "lose",  "crowd",   "settle", "wait",
};

std::string_view name_of(Act act) {
  return kNames[static_cast<std::size_t>(act)];
}

std::optional<Act> act_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name)
      return static_cast<Act>(i);
  return std::nullopt;
}

}  // namespace

std::string to_text(const Setting& s) {
  return fmt::format("setting {} {} {} {} {} {} {} {} {} {} {} {}\n", s.reactors, s.clients,
                     s.room_retention, s.total_retention, s.grace_ms, s.most_detached, s.most_pairs,
                     s.crowd, s.most_of_address, s.remembered, s.durable, s.most_uncommitted);
}

std::string to_text(const Step& step) {
  return fmt::format("{} {} {} {}", name_of(step.act), step.who, step.a, step.b);
}

std::string to_text(const Script& script) {
  std::string text = to_text(script.setting);
  for (const Step& step : script.steps)
    text += to_text(step) + "\n";
  return text;
}

std::string to_literal(const Script& script) {
  constexpr std::size_t kWidth = 90;
  std::istringstream lines(to_text(script));
  std::string text = "  check(";
  std::string literal;
  for (std::string line; std::getline(lines, line);) {
    if (literal.size() + line.size() > kWidth) {
      text += fmt::format("\"{}\"\n        ", literal);
      literal.clear();
    }
    literal += line + "\\n";
  }
  return text + fmt::format("\"{}\");\n", literal);
}

std::expected<Script, std::string> parse_script(std::string_view text) {
  Script script;
  std::istringstream lines{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line);
    std::string name;
    if (!(words >> name) || name.starts_with('#'))
      continue;
    if (name == "setting") {
      Setting& s = script.setting;
      words >> s.reactors >> s.clients >> s.room_retention >> s.total_retention >> s.grace_ms >>
          s.most_detached >> s.most_pairs >> s.crowd >> s.most_of_address >> s.remembered >>
          s.durable >> s.most_uncommitted;
    } else if (const auto act = act_named(name)) {
      Step& step = script.steps.emplace_back(Step{.act = *act});
      words >> step.who >> step.a >> step.b;
    } else {
      return std::unexpected(fmt::format("line {}: there is no step \"{}\"", number, name));
    }
    if (words.fail())
      return std::unexpected(fmt::format("line {}: numbers are missing", number));
  }
  return script;
}

}  // namespace chat::sim
