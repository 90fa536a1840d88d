#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace chat::bench {

// The folder in which a server of the load tool keeps its store. One thread.
class StoreFolder {
 public:
  // An empty folder at this path, which is made unless it is there, and stays; or one in the folder
  // for temporary files that goes with its owner. An error is a sentence: there is something at the
  // path already, or it cannot be made.
  static std::expected<StoreFolder, std::string> at(const std::filesystem::path& path);
  static std::expected<StoreFolder, std::string> temporary();
  StoreFolder(StoreFolder&& other) noexcept;
  StoreFolder& operator=(StoreFolder&&) = delete;
  ~StoreFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  StoreFolder(std::filesystem::path path, bool is_temporary)
      : path_(std::move(path)), is_temporary_(is_temporary) {}

  std::filesystem::path path_;
  bool is_temporary_;
};

}  // namespace chat::bench
