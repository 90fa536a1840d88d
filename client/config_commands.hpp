// What the user asks about settings and keys.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/command.hpp"
#include "client/completion.hpp"
#include "client/configuration.hpp"
#include "client/model.hpp"

namespace chat::client {

// Lines that tell the user what is so now, or a sentence that says why not.
using ConfigAnswer = std::expected<std::vector<std::string>, std::string>;

// The settings that the user may mean, what each may be, keys and what they can do.
void add_words(Vocabulary& vocabulary, const Settings& settings);

// Runs /set, /unset, /bind and /keys; nothing for another command, which is the model's.
std::optional<ConfigAnswer> answer(const command::Command& command, Configuration& configuration);

// A line that was entered, whosever it is: what is answered here is told in the room in front.
Model::Outcome submit(std::string_view line, Model& model, Configuration& configuration,
                      WallTime now);

// What the user is told when a nickname that they were asked for was to be kept.
std::string told_of_keeping(std::string_view nickname, const Configuration::Outcome& kept);

}  // namespace chat::client
