#include "bench/options.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <variant>
#include <vector>

using namespace chat::bench;

namespace {

const std::string kEnough = "fanout --clients 10 --senders 2 --seconds 1.5 --text-bytes 64 ";
const std::string kRooms = "rooms --clients 10 --senders 2 --seconds 1.5 --text-bytes 64 ";

std::expected<ScenarioOptions, NoRun> parse_line(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> arguments{"chat-bench"};
  for (std::string word; words >> word;)
    arguments.push_back(word);
  std::vector<const char*> argv;
  for (const auto& argument : arguments)
    argv.push_back(argument.c_str());
  return parse_command_line(static_cast<int>(argv.size()), argv.data());
}

std::expected<FanoutOptions, NoRun> parse(const std::string& line) {
  const auto options = parse_line(line);
  if (!options)
    return std::unexpected(options.error());
  return std::get<FanoutOptions>(*options);
}

// The sentence with which a line is refused.
std::string refusal(const std::string& line) {
  const auto options = parse_line(line);
  REQUIRE_FALSE(options.has_value());
  CHECK(options.error().exit_status == 2);
  return options.error().text;
}

}  // namespace

TEST_CASE("a closed loop on the command line") {
  const auto options = parse(kEnough + "--window 8 --server localhost:99 --json --server-pid 7");
  REQUIRE(options.has_value());
  CHECK(options->clients == 10);
  CHECK(options->senders == 2);
  CHECK(options->seconds == std::chrono::milliseconds(1500));
  CHECK(options->text_bytes == 64);
  CHECK(std::get<ClosedLoop>(options->load).window == 8);
  CHECK(options->server.host == "localhost");
  CHECK(options->server.port == 99);
  CHECK(options->json);
  CHECK(options->server_pid == 7);
}

TEST_CASE("an open loop on the command line") {
  const auto options = parse(kEnough + "--rate 12.5");
  REQUIRE(options.has_value());
  CHECK(std::get<OpenLoop>(options->load).per_second == 12.5);
  CHECK(options->server.host == "127.0.0.1");
  CHECK(options->server.port == 1338);
  CHECK_FALSE(options->json);
  CHECK_FALSE(options->server_pid.has_value());
}

TEST_CASE("the last one counts of an option that is given twice") {
  const auto options = parse(kEnough + "--rate 1 --clients 20 --clients 30");
  REQUIRE(options.has_value());
  CHECK(options->clients == 30);
}

TEST_CASE("help is no error") {
  const auto options = parse("fanout --help");
  REQUIRE_FALSE(options.has_value());
  CHECK(options.error().exit_status == 0);
  CHECK(options.error().text.find("--window") != std::string::npos);
}

TEST_CASE("protocol and processes on the command line") {
  const auto options = parse(kEnough + "--rate 1 --protocol irc --processes 3");
  REQUIRE(options.has_value());
  CHECK(options->protocol == Protocol::irc);
  CHECK(options->processes == 3);
  CHECK(options->rooms == 1);
  const auto usual = parse(kEnough + "--rate 1");
  REQUIRE(usual.has_value());
  CHECK(usual->protocol == Protocol::edgechat);
  CHECK(usual->processes == 1);
}

TEST_CASE("rooms on the command line") {
  const auto options = parse_line(kRooms + "--rooms 4 --rate 1");
  REQUIRE(options.has_value());
  CHECK(std::get<RoomsOptions>(*options).rooms == 4);
}

TEST_CASE("more of something than there are clients is refused in one sentence") {
  CHECK(refusal(kRooms + "--rooms 11 --rate 1") ==
        "chat-bench: --rooms share the --clients; there cannot be more of them\n");
  CHECK(refusal(kEnough + "--processes 11 --rate 1") ==
        "chat-bench: --processes share the --clients; there cannot be more of them\n");
  CHECK(refusal(kEnough + "--processes 0 --rate 1") ==
        "chat-bench: --processes: Value 0 not in range 1 to 256\n");
}

TEST_CASE("what a protocol cannot do is refused in one sentence") {
  CHECK(refusal(kEnough + "--rate 1 --protocol smtp")
            .starts_with("chat-bench: --protocol: smtp not in {"));
  CHECK(refusal(kRooms + "--rooms 2 --rate 1 --protocol floor") ==
        "chat-bench: --protocol floor has only one room\n");
  CHECK(refusal(kEnough + "--rate 1 --protocol irc --text-bytes 400") ==
        "chat-bench: --protocol irc carries texts of at most 352 bytes\n");
  CHECK(refusal(kEnough + "--rate 1 --protocol nats --clients 20000 --senders 20000") ==
        "chat-bench: --protocol nats has no numbers, so every client needs a counter for every "
        "sender; 20000 clients and 20000 senders in a room are too many\n");
}

TEST_CASE("a wrong command line is refused in one sentence") {
  CHECK(refusal("") == "chat-bench: A subcommand is required\n");
  CHECK(refusal(kEnough) == "chat-bench: one of --rate and --window is needed\n");
  CHECK(refusal(kEnough + "--rate 1 --window 1") == "chat-bench: --rate excludes --window\n");
  CHECK(refusal("fanout --clients 2 --senders 3 --seconds 1 --text-bytes 64 --rate 1") ==
        "chat-bench: --senders is how many of the --clients send; it cannot be more\n");
  CHECK(refusal("fanout --clients 2 --senders 1 --seconds 1 --text-bytes 31 --rate 1") ==
        "chat-bench: --text-bytes: Value 31 not in range 32 to 4096\n");
  CHECK(refusal(kEnough + "--rate 1 --server here:port") ==
        "chat-bench: --server: 'port' is not a port number from 0 to 65535\n");
}

TEST_CASE("whispers on the command line") {
  const auto options =
      parse_line("whisper --pairs 10 --seconds 1 --text-bytes 64 --protocol floor");
  REQUIRE(options.has_value());
  const auto& whisper = std::get<WhisperOptions>(*options);
  CHECK(whisper.clients == 20);
  CHECK(whisper.protocol == WhisperProtocol::floor);
  CHECK_FALSE(whisper.once);
}

TEST_CASE("whispers that cannot be are refused in one sentence") {
  const std::string whisper = "whisper --text-bytes 64 ";
  CHECK(refusal(whisper + "--pairs 0 --seconds 1") ==
        "chat-bench: --pairs: Value 0 not in range 1 to 500000\n");
  CHECK(refusal(whisper + "--pairs 1") == "chat-bench: one of --seconds and --once is needed\n");
  CHECK(refusal(whisper + "--pairs 1 --seconds 1 --once") ==
        "chat-bench: --seconds excludes --once\n");
  CHECK(refusal(whisper + "--pairs 1 --seconds 1 --clients 4") ==
        "chat-bench: --clients goes with --once; otherwise each pair has its own two\n");
  CHECK(refusal(whisper + "--pairs 1 --once") == "chat-bench: --once needs --clients\n");
  CHECK(refusal(whisper + "--pairs 11 --once --clients 5") ==
        "chat-bench: 5 clients can make at most 10 pairs, since each may begin 1024\n");
  CHECK(refusal(whisper + "--pairs 1 --once --clients 5 --protocol floor") ==
        "chat-bench: the floor has no --once: a client of it is in one pair\n");
}

TEST_CASE("idle clients on the command line") {
  const auto options = parse_line("idle --clients 5000,15000 --server-pid 7");
  REQUIRE(options.has_value());
  CHECK(std::get<IdleOptions>(*options).steps == std::vector<std::uint32_t>{5000, 15000});
  CHECK(refusal("idle --clients 5000") ==
        "chat-bench: idle needs --server-pid: what the server uses is all it measures\n");
  CHECK(refusal("idle --clients 20,10 --server-pid 7") ==
        "chat-bench: --clients of idle must ascend, as in 5000,15000\n");
}

TEST_CASE("who is stuck on the command line") {
  const std::string slow = "slow --clients 100 --senders 10 --text-bytes 64 ";
  const auto options = parse_line(slow + "--rate 1000 --seconds 60 --stuck 0.25");
  REQUIRE(options.has_value());
  CHECK(std::get<SlowOptions>(*options).stuck() == 25);
  CHECK(std::get<SlowOptions>(*options).healthy() == 75);
  CHECK(refusal(slow + "--rate 1000 --seconds 60 --stuck 1.5") ==
        "chat-bench: --stuck: Value 1.5 not in range 0.000000 to 0.990000\n");
  CHECK(refusal(slow + "--rate 1000 --seconds 60 --stuck 0.95") ==
        "chat-bench: --senders must be among those who are not stuck, and those are 5 clients\n");
  CHECK(refusal(slow + "--rate 1000 --seconds 10") ==
        "chat-bench: at this rate and size it takes --seconds 45 until a log of 4 MiB has passed "
        "those who are stuck\n");
  CHECK(refusal(slow + "--window 10 --seconds 10") ==
        "chat-bench: slow takes --rate: a window would wait for nobody in particular\n");
}

TEST_CASE("faults on the command line") {
  const std::string faults = "faults --clients 1000 --resets-per-second 200 --seconds 60 ";
  const auto options = parse_line(faults + "--seed 7");
  REQUIRE(options.has_value());
  CHECK(std::get<FaultsOptions>(*options).resets_per_second == 200);
  CHECK(std::get<FaultsOptions>(*options).senders == 200);
  CHECK(std::get<FaultsOptions>(*options).seed == 7);
  const auto one = parse_line("faults --clients 1 --resets-per-second 1 --seconds 1");
  REQUIRE(one.has_value());
  CHECK(std::get<FaultsOptions>(*one).senders == 1);
  CHECK(refusal(faults + "--senders 1001") ==
        "chat-bench: --senders is how many of the --clients talk; it cannot be more\n");
  CHECK(refusal(faults + "--processes 2") ==
        "chat-bench: faults runs in one process: its clients share one oracle\n");
}

TEST_CASE("crash on the command line") {
  const auto options = parse_line(
      "crash --clients 20 --cycles 7 --durability process --server-option=--reactors=2 "
      "--server-option=--history=5 --client-kills-per-second 3");
  REQUIRE(options.has_value());
  const auto& crash = std::get<CrashOptions>(*options);
  CHECK(crash.clients == 20);
  CHECK(crash.senders == 4);
  CHECK(crash.cycles == 7);
  CHECK(crash.durability == "process");
  CHECK(crash.server_options == std::vector<std::string>{"--reactors=2", "--history=5"});
  CHECK(crash.client_kills_per_second == 3);
  CHECK(parse_line("crash").has_value());
  CHECK(refusal("crash --durability none").contains("--durability: none not in {power,process}"));
  CHECK(refusal("crash --clients 3 --senders 4") ==
        "chat-bench: --senders is how many of the --clients talk; it cannot be more\n");
  CHECK(refusal("crash --clients 3 --rooms 4") ==
        "chat-bench: --rooms cannot be more than there are --clients\n");
  CHECK(refusal("crash --server 127.0.0.1:1338").contains("--server"));
}

TEST_CASE("commits on the command line") {
  const std::string commit = "commit --seconds 1 --text-bytes 64 ";
  const auto options =
      parse_line(commit + "--senders 64 --rooms 64 --window 64 --protocol redis-streams");
  REQUIRE(options.has_value());
  CHECK(std::get<CommitOptions>(*options).clients == 64);
  CHECK(std::get<CommitOptions>(*options).protocol == Keeper::redis_streams);
  CHECK(refusal(commit + "--senders 2 --rooms 3 --window 1") ==
        "chat-bench: --rooms share the --senders; there cannot be more of them\n");
  CHECK(refusal(commit + "--senders 3 --rooms 3 --readers 2 --window 1") ==
        "chat-bench: --readers must be none, or one in each of the --rooms\n");
  // More than a server knows again of one sender.
  CHECK(refusal(commit + "--senders 1 --window 257").contains("--window"));
}

TEST_CASE("servers of their own on the command line") {
  const auto resume = parse_line("resume --clients 10 --missed 20 --restart --durability process");
  REQUIRE(resume.has_value());
  CHECK(std::get<ResumeOptions>(*resume).restart);
  CHECK(std::get<ResumeOptions>(*resume).durability == "process");
  CHECK(refusal("resume --clients 10 --missed 20 --durability none").contains("--durability"));
  CHECK(refusal("burden --clients 10 --rate 5 --senders 11") ==
        "chat-bench: --senders is how many of the --clients send; it cannot be more\n");
}
