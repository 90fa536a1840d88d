#include "bench/scenarios/client.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/process_stats.hpp"
#include "net/failure.hpp"

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
constexpr std::string_view kOldest = "абвгде";
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

// How long the task of this file (/proc/.../schedstat) has been ready to run while no processor was
// free. 0 where the kernel does not count it.
Duration waited(const std::string& schedstat) {
  std::ifstream file(schedstat);
  Duration::rep running = 0;
  Duration::rep waiting = 0;
  return file >> running >> waiting ? Duration(waiting) : Duration::zero();
}

// Of the program's main thread. On a machine that does other things, too, this is what keeps keys
// waiting, and no fault of the program's.
Duration waited_for_processor(pid_t pid) {
  return waited(fmt::format("/proc/{}/schedstat", pid));
}

}  // namespace

ClientRun::ClientRun(const ClientOptions& options, const OwnServer& server, const RunFolder& home,
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
  if (auto done = talkers_.say(kOldest); !done)
    return done;
  if (auto done = talkers_.fill(options_.messages - 2); !done)
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
  if (const auto how = program_->ended())
    return std::unexpected(
        fmt::format("the client {}; the last that it wrote:\n{}", *how, program_->last_words()));
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
    const auto shown = program_->wait_for({}, options_.patience);
    if (auto running = still_runs(); !running)
      return running;
    if (!shown)
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

// Until there was something to see, also on a machine that has little time for the program.
void ClientRun::watch_flood() {
  const Mark before = mark();
  program_->read_for(options_.seconds);
  if (program_->bursts() == before.frames)
    program_->wait_for({}, options_.patience);
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
  const Duration waited_before = waited_for_processor();
  program_->type(kBackspace);
  const Instant pressed = Clock::now();
  program_->type(letter);
  const auto shown = program_->wait_for(letter, options_.patience);
  if (!shown) {
    ++typing.unheard;
    return false;
  }
  const Duration took = *shown - pressed;
  typing.echo.record(took);
  if (took > kEchoBar) {
    ++typing.late;
    if (took - (waited_for_processor() - waited_before) > kEchoBar)
      ++typing.missed;
  }
  return true;
}

Done ClientRun::scroll_up() {
  for (std::uint32_t page = 0; page < options_.pages && !result_.is_at_top; ++page) {
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
  const auto written = program_->wait_for_silence(kPageSilence, options_.patience);
  result_.is_at_top = written && written->contains(kOldest);
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

// The program, and this thread, which may see late what was shown in time.
Duration ClientRun::waited_for_processor() const {
  return bench::waited_for_processor(program_->pid()) + waited("/proc/thread-self/schedstat");
}

ClientRun::Mark ClientRun::mark() const {
  return {Clock::now(), cpu_of(program_->pid()), bench::waited_for_processor(program_->pid()),
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
  // Before the lobby is filled, which takes a while.
  if (access(options.client_program.c_str(), X_OK) != 0)
    return std::unexpected(
        describe(net::last_failure("the client " + options.client_program.string())));
  auto server = OwnServer::start(options, options.patience);
  if (!server)
    return std::unexpected(server.error());
  const auto home = RunFolder::temporary();
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
