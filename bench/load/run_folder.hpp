#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace chat::bench {

// A folder that a run has for itself: for the store of a server that the load tool starts, or as
// the home of a client. One thread.
class RunFolder {
 public:
  // An empty folder at this path, which is made unless it is there, and stays; or one in the folder
  // for temporary files that goes with its owner. An error is a sentence: there is something at the
  // path already, or it cannot be made.
  static std::expected<RunFolder, std::string> at(const std::filesystem::path& path);
  static std::expected<RunFolder, std::string> temporary();
  RunFolder(RunFolder&& other) noexcept;
  RunFolder& operator=(RunFolder&&) = delete;
  ~RunFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  RunFolder(std::filesystem::path path, bool is_temporary)
      : path_(std::move(path)), is_temporary_(is_temporary) {}

  std::filesystem::path path_;
  bool is_temporary_;
};

}  // namespace chat::bench
