#include "bench/load/own_server.hpp"

#include <CLI/CLI.hpp>
#include <system_error>
#include <thread>
#include <utility>

namespace chat::bench {
namespace {

// Where a build puts it; where an installation does.
std::filesystem::path usual_program() {
  std::error_code error;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  auto built = here.parent_path() / "server" / "chat-server";
  return std::filesystem::exists(built, error) ? built : here / "chat-server";
}

std::vector<std::string> command(const OwnServerOptions& options, const std::string& listen,
                                 const std::filesystem::path& data) {
  std::vector<std::string> words{
      options.server_program, "--listen",         listen,        "--data", data,
      "--durability",         options.durability, "--log-level", "warn"};
  if (options.reactors)
    words.insert(words.end(), {"--reactors", std::to_string(*options.reactors)});
  return words;
}

std::expected<net::SocketAddress, std::string> wait_until_it_serves(ServerProgram& program,
                                                                    Duration patience) {
  const Instant end = Clock::now() + patience;
  while (Clock::now() < end) {
    if (const auto address = program.address())
      return *address;
    if (const auto how = program.ended())
      return std::unexpected(*how);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return std::unexpected("the server does not say that it listens");
}

}  // namespace

void add_own_server_options(CLI::App& scenario, OwnServerOptions& options) {
  options.server_program = usual_program();
  scenario.add_option("--server-program", options.server_program, "chat-server, which is started")
      ->type_name("FILE")
      ->check(CLI::ExistingFile.description(""))
      ->capture_default_str();
  scenario
      .add_option("--data", options.data,
                  "Folder for its store, empty or not there yet (default: a temporary one)")
      ->type_name("DIR");
  scenario.add_option("--durability", options.durability, "As chat-server takes it")
      ->check(CLI::IsMember({"power", "process"}))
      ->capture_default_str();
  scenario.add_option("--reactors", options.reactors, "As chat-server takes it")
      ->type_name("N")
      ->check(CLI::Range(1U, 256U).description(""));
}

std::expected<OwnServer, std::string> OwnServer::start(const OwnServerOptions& options,
                                                       Duration patience) {
  auto folder = options.data ? RunFolder::at(*options.data) : RunFolder::temporary();
  if (!folder)
    return std::unexpected(folder.error());
  auto program = ServerProgram::start(command(options, "127.0.0.1:0", folder->path()));
  if (!program)
    return std::unexpected(program.error());
  const auto address = wait_until_it_serves(*program, patience);
  if (!address)
    return std::unexpected(address.error());
  return OwnServer(std::move(*folder), std::move(*program), *address, options);
}

std::expected<void, std::string> OwnServer::restart(Duration patience) {
  if (auto stopped = program_.stop(patience); !stopped)
    return stopped;
  auto next = ServerProgram::start(command(options_, to_string(address_), folder_.path()));
  if (!next)
    return std::unexpected(next.error());
  program_ = std::move(*next);
  const auto address = wait_until_it_serves(program_, patience);
  return address ? std::expected<void, std::string>() : std::unexpected(address.error());
}

}  // namespace chat::bench
