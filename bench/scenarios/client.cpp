#include "bench/scenarios/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/process_stats.hpp"

namespace chat::bench {
namespace {

constexpr std::uint64_t kSeed = 1;
// A program that draws when something comes, and some times a second at most, has drawn all by now.
constexpr Duration kSilence = std::chrono::milliseconds(100);
// Of a page that was scrolled to, the rest comes at once.
constexpr Duration kPageSilence = std::chrono::milliseconds(10);
constexpr Duration kPagePatience = std::chrono::seconds(1);

constexpr std::string_view kBackspace = "\x7F";
constexpr std::string_view kPageUp = "\x1B[5~";
constexpr std::string_view kInterrupt = "\x03";

// No other text of a run has these letters. So wherever they come to stand, the terminal is sent
// them, whatever stood there before.
constexpr std::string_view kNewest = "αβγδεζ";
constexpr std::array<std::string_view, 18> kLetters{"η", "θ", "ι", "κ", "λ", "μ", "ν", "ξ", "ο",
                                                    "π", "ρ", "σ", "τ", "υ", "φ", "χ", "ψ", "ω"};

// What it is started with, nothing of which depends on who measures.
std::vector<std::string> environment_in(const std::string& home) {
  const char* path = std::getenv("PATH");
  return {"TERM=xterm-256color",
          "LC_ALL=C.UTF-8",
          fmt::format("PATH={}", path != nullptr ? path : ""),
          fmt::format("HOME={}", home),
          fmt::format("XDG_CONFIG_HOME={}/config", home),
          fmt::format("XDG_STATE_HOME={}/state", home)};
}

// How long the program's main thread has been ready to run while no processor was free. On a
// machine that does other things, too, this is what keeps keys waiting, and no fault of the
// program's. 0 where the kernel does not count it.
Duration waited_for_processor(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/schedstat", pid));
  Duration::rep running = 0;
  Duration::rep waiting = 0;
  return file >> running >> waiting ? Duration(waiting) : Duration::zero();
}

}  // namespace

ClientRun::ClientRun(const ClientOptions& options, const OwnServer& server, const StoreFolder& home,
                     ClientPool pool)
    : options_(options),
      server_(server),
      home_(home),
      talkers_(options, std::move(pool)),
      dice_(kSeed) {}

std::expected<ClientResult, std::string> ClientRun::run() {
  for (const auto step : {&ClientRun::fill, &ClientRun::start, &ClientRun::watch_quiet_room,
                          &ClientRun::flood, &ClientRun::scroll_up, &ClientRun::end})
    if (auto done = (this->*step)(); !done)
      return std::unexpected(done.error());
  result_.troubles.add(talkers_.troubles());
  return std::move(result_);
}

Done ClientRun::fill() {
  if (auto done = talkers_.enter(); !done)
    return done;
  const Instant start = Clock::now();
  if (auto done = talkers_.fill(options_.messages - 1); !done)
    return done;
  result_.filling = Clock::now() - start;
  return talkers_.say(kNewest);
}

Done ClientRun::start() {
  auto program = PtyProgram::start(
      {.arguments = {options_.client_program, to_string(server_.address()), "--nick", "Me"},
       .environment = environment_in(home_.path()),
       .columns = options_.columns,
       .rows = options_.rows});
  if (!program)
    return std::unexpected(program.error());
  program_.emplace(std::move(*program));
  const auto shown = program_->wait_for(kNewest, options_.patience);
  if (auto done = still_runs(); !done)
    return done;
  if (!shown)
    return std::unexpected("the client does not show the newest message");
  result_.first_screen = *shown - program_->started();
  result_.first_bytes = program_->bytes();
  program_->wait_for_silence(kSilence, options_.patience);
  result_.memory.at_first = resident();
  return {};
}

Done ClientRun::watch_quiet_room() {
  const Mark before = mark();
  for (std::uint32_t number = 0; number < options_.quiet_messages; ++number) {
    if (auto done = talkers_.fill(1); !done)
      return done;
    if (!program_->wait_for({}, options_.patience))
      return std::unexpected("the client does not show what is said");
    program_->wait_for_silence(kSilence, options_.patience);
  }
  result_.quiet = since(before);
  result_.memory.quiet = resident();
  return still_runs();
}

Done ClientRun::flood() {
  const Instant start = Clock::now();
  talkers_.start();
  watch_flood();
  constexpr std::chrono::milliseconds kShortest{20};
  constexpr std::chrono::milliseconds kLongest{80};
  type_on(result_.typing, kShortest, kLongest);
  type_on(result_.hammering, Duration::zero(), Duration::zero());
  const auto said = talkers_.stop();
  if (!said)
    return std::unexpected(said.error());
  result_.flooding = Clock::now() - start;
  result_.flooded = *said;
  program_->wait_for_silence(kSilence, options_.patience);
  result_.memory.flooded = resident();
  talkers_.leave();
  program_->wait_for_silence(kSilence, options_.patience);
  return still_runs();
}

void ClientRun::watch_flood() {
  const Mark before = mark();
  program_->read_for(options_.seconds);
  result_.watching = since(before);
}

void ClientRun::type_on(ClientTyping& typing, Duration shortest, Duration longest) {
  const Mark before = mark();
  while (Clock::now() - before.at < options_.seconds && press_letter(typing)) {
    const auto spread = static_cast<std::uint64_t>((longest - shortest).count()) + 1;
    program_->read_for(shortest + Duration(dice_.below(spread)));
  }
  typing.work = since(before);
}

// The one before is erased, so that the line does not grow.
bool ClientRun::press_letter(ClientTyping& typing) {
  const std::string_view letter = kLetters[letter_++ % kLetters.size()];
  program_->type(kBackspace);
  const Instant pressed = Clock::now();
  program_->type(letter);
  const auto shown = program_->wait_for(letter, options_.patience);
  if (!shown) {
    ++typing.unheard;
    return false;
  }
  typing.echo.record(*shown - pressed);
  if (*shown - pressed > kEchoBar)
    ++typing.late;
  return true;
}

Done ClientRun::scroll_up() {
  for (std::uint32_t page = 0; page < options_.pages; ++page) {
    if (page == options_.pages / 2)
      result_.memory.half_up = resident();
    press_page_up();
  }
  result_.memory.up = resident();
  return still_runs();
}

void ClientRun::press_page_up() {
  const Instant pressed = Clock::now();
  program_->type(kPageUp);
  if (const auto shown = program_->wait_for({}, kPagePatience))
    result_.paging.record(*shown - pressed);
  else
    ++result_.stuck;
  program_->wait_for_silence(kPageSilence, options_.patience);
}

// The first one cuts out what is written.
Done ClientRun::end() {
  program_->type(kInterrupt);
  program_->type(kInterrupt);
  if (!program_->wait_for_end(options_.patience))
    return std::unexpected("the client does not end when it is asked to");
  if (!program_->ended_well())
    result_.troubles.add("the client " + *program_->ended());
  return {};
}

Done ClientRun::still_runs() {
  const auto how = program_->ended();
  return how ? Done(std::unexpected("the client " + *how)) : Done();
}

ClientRun::Mark ClientRun::mark() const {
  return {Clock::now(), cpu_of(program_->pid()), waited_for_processor(program_->pid()),
          program_->bytes(), program_->bursts()};
}

ClientWork ClientRun::since(const Mark& before) const {
  const Mark now = mark();
  return {now.at - before.at, now.cpu - before.cpu, now.waiting - before.waiting,
          now.bytes - before.bytes, now.frames - before.frames};
}

std::uint64_t ClientRun::resident() const {
  const auto stats = read_process_stats(program_->pid());
  return stats ? stats->resident_bytes : 0;
}

std::expected<Report, std::string> run_scenario(const ClientOptions& options) {
  auto server = OwnServer::start(options, options.patience);
  if (!server)
    return std::unexpected(server.error());
  const auto home = StoreFolder::temporary();
  if (!home)
    return std::unexpected(home.error());
  auto pool = open_pool(server->address(), options.senders);
  if (!pool)
    return std::unexpected(pool.error());
  const auto result = ClientRun(options, *server, *home, std::move(*pool)).run();
  if (!result)
    return std::unexpected(result.error());
  if (auto stopped = server->stop(options.patience); !stopped)
    return std::unexpected(stopped.error());
  return report_of(options, *result);
}

}  // namespace chat::bench
