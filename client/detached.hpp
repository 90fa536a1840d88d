// Starting a program that goes on by itself.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace chat::client {

// Runs a program, searched for in $PATH, without a shell: `arguments` are its name and what it is
// given as they are, `environment` has "NAME=value" entries that are added to this program's or
// replace those there. It has no terminal, its input is empty, its output goes nowhere, and it is
// no child of this process: nobody needs to wait for it. Fails with a sentence, and nothing runs.
// Precondition: `arguments` is not empty. Any thread.
std::expected<void, std::string> run_detached(const std::vector<std::string>& arguments,
                                              const std::vector<std::string>& environment = {});

}  // namespace chat::client
