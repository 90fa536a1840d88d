// Backups of a store, one after the other, while its server runs.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/load/clock.hpp"
#include "bench/load/histogram.hpp"

namespace chat::bench {

// Runs chat-server --backup again and again, as long as it is asked for. What is running ends with
// its owner. One thread; errors are sentences.
class Backups {
 public:
  // Copies the store in `data` into `folder`, which is made, is nobody else's, and goes with its
  // owner.
  Backups(const std::filesystem::path& program, const std::filesystem::path& data,
          std::filesystem::path folder);
  ~Backups() { stop(); }
  Backups(const Backups&) = delete;
  Backups& operator=(const Backups&) = delete;

  // Starts one unless one is running. To be called again and again.
  std::expected<void, std::string> keep_running();
  // Ends what is running, which counts for nothing, and removes what it leaves.
  void stop();

  // How long those took that were completed.
  const Histogram& times() const { return times_; }

 private:
  std::expected<void, std::string> start();

  std::vector<std::string> arguments_;
  std::filesystem::path folder_;
  pid_t running_ = 0;
  Instant started_{};
  Histogram times_;
};

}  // namespace chat::bench
