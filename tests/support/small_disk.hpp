#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace chat::test {

// A small disk of its own, gone at the end of the test. Only root can have one.
class SmallDisk {
 public:
  explicit SmallDisk(const char* options)
      : is_there_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, options) == 0) {}
  ~SmallDisk() {
    if (is_there_)
      ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_there() const { return is_there_; }
  const std::filesystem::path& path() const { return folder_.path(); }

  void fill() {
    std::ofstream file(path() / "filler", std::ios::binary | std::ios::app);
    const std::string block(4'096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush())
      continue;
  }
  void make_room() { std::filesystem::remove(path() / "filler"); }

 private:
  TemporaryFolder folder_;
  bool is_there_;
};

}  // namespace chat::test
