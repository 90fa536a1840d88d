// A file that is read and replaced as a whole.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "net/failure.hpp"

namespace chat::client {

// Empty when there is none. EFBIG: more than a person writes.
std::expected<std::string, net::Failure> read_whole(const std::filesystem::path& path);

// Whatever happens meanwhile, afterwards there is the old or the new text. The file is for its
// owner alone, as are folders that are made for it. Where a symbolic link points, there the new
// file is. What is there and no regular file, such as a device, stays (EOPNOTSUPP).
std::expected<void, net::Failure> replace_whole(const std::filesystem::path& path,
                                                std::string_view text);

}  // namespace chat::client
