// Damage to a store's write-ahead log, over which SQLite passes without a word: it takes the first
// frame that is not as it was written for the end of what was, as it is after a failure of power.
#pragma once

#include <cstdint>
#include <filesystem>

namespace chat::store {

// How many commits stand behind such a frame, and so are lost: 0 where there may be none. Each
// commit is synced before the next one is written, so a failure of power leaves no more than one
// that is not whole; what was lost with it was not acknowledged, and only what is beyond that is
// damage. Not so of a log that is not synced, where the machine has failed. That the log was cut
// short between two commits cannot be seen.
//
// Of a log that a server writes to meanwhile it is what was so at one moment. 0 as well where the
// file cannot be read, which SQLite will say.
std::uint64_t commits_behind_damage(const std::filesystem::path& log);

}  // namespace chat::store
