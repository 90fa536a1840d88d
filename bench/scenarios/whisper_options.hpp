// The scenario "whisper" on the command line.
#pragma once

#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

enum class WhisperProtocol {
  edgechat,
  floor,  // the bare relay that edgechat is compared with
};

struct WhisperOptions : CommonOptions {
  std::uint32_t pairs = 0;
  std::uint32_t text_bytes = 0;
  WhisperProtocol protocol = WhisperProtocol::edgechat;
  Duration seconds{};  // of ping-pong
  bool once = false;   // instead: each pair whispers once, and then nothing happens
  Duration settle = std::chrono::seconds(5);
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, WhisperOptions& options);
std::expected<Report, std::string> run_scenario(const WhisperOptions& options);

}  // namespace chat::bench
