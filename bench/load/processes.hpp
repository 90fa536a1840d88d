#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace chat::bench {

// What one of several processes does, counted from 0; gives bytes, or fails with a sentence.
using Work = std::function<std::expected<std::string, std::string>(std::uint32_t process)>;

// Forks so many processes that each do the work and end with it; gives what they gave, by process.
// As soon as one fails, or ends otherwise than by finishing its work, all others are ended, too,
// and there is one sentence. They end with this process. Blocks. Precondition: this process has no
// other thread, and no other child.
std::expected<std::vector<std::string>, std::string> run_in_processes(std::uint32_t count,
                                                                      const Work& work);

}  // namespace chat::bench
