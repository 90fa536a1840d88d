// Somebody with a configuration of their own, and the server of their chats.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/client/end_to_end.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chat::test {

// Clients of somebody whose configuration is in this folder; there is none until it is written.
struct Configured {
  TemporaryFolder folder;
  ServerProcess server;

  std::filesystem::path file() const { return folder.path() / "edgechat/client.toml"; }

  void write(const std::string& text) const {
    std::filesystem::create_directories(file().parent_path());
    std::ofstream(file()) << text;
  }

  PtyProgram client(std::vector<std::string> arguments, int columns = 90, int rows = 12) const {
    std::vector<std::string> all{"env", "XDG_CONFIG_HOME=" + folder.path().string(),
                                 client_program()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return PtyProgram(all, columns, rows);
  }
};

}  // namespace chat::test
