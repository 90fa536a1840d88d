// Folders that are the user's alone.
#pragma once

#include <expected>
#include <filesystem>

#include "net/failure.hpp"

namespace chat::client {

// Makes it, and what is missing above it, with mode 0700. Folders that are there stay as they are.
std::expected<void, net::Failure> make_private_folder(const std::filesystem::path& folder);

}  // namespace chat::client
