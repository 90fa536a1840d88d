// chat-bench: load tool and oracle.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <expected>
#include <string>
#include <utility>

#include "bench/client_pool.hpp"
#include "bench/fanout.hpp"
#include "bench/file_limit.hpp"
#include "bench/options.hpp"
#include "bench/report.hpp"
#include "bench/server_address.hpp"

namespace {

using namespace chat;

std::expected<bench::FanoutResult, std::string> run(const bench::FanoutOptions& options) {
  if (auto allowed = bench::allow_sockets(options.clients); !allowed)
    return std::unexpected(allowed.error());
  const auto server = bench::find_server(options.server, options.patience);
  if (!server)
    return std::unexpected(describe(server.error()));
  auto pool = bench::ClientPool::make(*server, options.clients);
  if (!pool)
    return std::unexpected(describe(pool.error()));
  return bench::Fanout(options, std::move(*pool)).run();
}

int report(const bench::FanoutOptions& options, const bench::FanoutResult& result) {
  if (options.json) {
    fmt::print("{}", bench::report_as_json(options, result));
    if (result.troubles.count() > 0)
      fmt::print(stderr, "chat-bench: troubles{}\n", result.troubles.lines());
  } else {
    fmt::print("{}", bench::report_for_people(options, result));
  }
  return result.clean() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = bench::parse_command_line(argc, argv);
  if (!options) {
    fmt::print(options.error().exit_status == 0 ? stdout : stderr, "{}", options.error().text);
    return options.error().exit_status;
  }
  const auto result = run(*options);
  if (!result) {
    fmt::print(stderr, "chat-bench: {}\n", result.error());
    return EXIT_FAILURE;
  }
  return report(*options, *result);
}
