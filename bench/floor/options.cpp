#include "bench/floor/options.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <sstream>
#include <utility>

namespace chat::floor {
namespace {

constexpr const char* kAbout =
    "The least that can be done for a message: an epoll loop that passes on whatever it receives, "
    "without\n"
    "names, rooms or protocol. The server is measured against it.\n"
    "  batched  what came in one round goes to everybody in one send each\n"
    "  naive    each frame goes to everybody in a send of its own\n"
    "  relay    between two: a client's first 4 bytes are the number of its pair";

NoRun wrong(const std::string& sentence) {
  return {2, "floor: " + sentence + "\n"};
}

}  // namespace

std::expected<Options, NoRun> parse_command_line(int argc, const char* const* argv) {
  Options options;
  std::string listen = "127.0.0.1:0";
  std::string mode = "batched";
  const std::map<std::string, Mode> modes{
      {"batched", Mode::batched}, {"naive", Mode::naive}, {"relay", Mode::relay}};
  CLI::App app(kAbout, "floor");
  app.add_option("--listen", listen, "Address to listen on; port 0 picks one")
      ->type_name("HOST[:PORT]")
      ->capture_default_str();
  app.add_option("--mode", mode, "What is done with what comes in")
      ->type_name("MODE")
      ->check(CLI::IsMember(modes))
      ->capture_default_str();
  // CLI11 tells of wrong lines and of a wish for help by exceptions; they end here.
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream text;
    const bool help = app.exit(error, text, text) == 0;
    return std::unexpected(help ? NoRun{0, text.str()} : wrong(error.what()));
  }
  auto where = net::parse_host_port(listen, 0);
  if (!where)
    return std::unexpected(wrong("--listen: " + where.error()));
  options.listen = std::move(*where);
  options.mode = modes.at(mode);
  return options;
}

}  // namespace chat::floor
