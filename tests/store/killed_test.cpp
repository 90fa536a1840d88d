// Processes: one that writes and is killed, and ones that look at the store meanwhile.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "net/unique_fd.hpp"
#include "server/store/backup.hpp"
#include "server/store/check.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

namespace {

// Another process, killed at the end of its life, that does one thing.
class Process {
 public:
  explicit Process(const std::function<bool()>& work) : id_(::fork()) {
    if (id_ == 0)
      ::_exit(work() ? 0 : 1);
    REQUIRE(id_ > 0);
  }
  ~Process() { kill(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void kill() {
    if (id_ > 0) {
      ::kill(id_, SIGKILL);
      wait();
    }
  }
  bool succeeded() { return wait() == 0; }

 private:
  int wait() {
    int status = -1;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return status;
  }

  pid_t id_;
};

class Pipe {
 public:
  Pipe() {
    int ends[2] = {-1, -1};
    REQUIRE(::pipe(ends) == 0);
    from_ = net::UniqueFd(ends[0]);
    to_ = net::UniqueFd(ends[1]);
  }
  bool tell(std::uint64_t number) const {
    return ::write(to_.get(), &number, sizeof number) == sizeof number;
  }
  // Nothing more is told by this process.
  void only_hear() { to_.reset(); }
  // Nothing when everybody who could tell is gone.
  std::optional<std::uint64_t> hear() const {
    std::uint64_t number = 0;
    if (::read(from_.get(), &number, sizeof number) != sizeof number)
      return std::nullopt;
    return number;
  }

 private:
  net::UniqueFd from_;
  net::UniqueFd to_;
};

// Says three messages at a time, and tells how many there are.
bool talk_for_ever(const std::filesystem::path& folder, Durability durability, const Pipe& pipe) {
  auto writer = Writer::open({.folder = folder, .durability = durability}, kNow);
  if (!writer)
    return false;
  const DurableState state = writer->take_opened().state;
  std::uint64_t last = state.rooms.empty() ? 0 : state.rooms[0].next.value - 1;
  std::vector<StateChange> changes = beginning();
  for (;;) {
    Batch batch;
    for (std::uint64_t i = last + 1; i <= last + 3; ++i)
      batch.push_back(said(kLobby, kLisa, i, fmt::format("number {}", i)));
    if (!commit(*writer, batch, changes) || !writer->tend(kNow))
      return false;
    changes.clear();
    last += 3;
    if (!pipe.tell(last))
      return false;
  }
}

}  // namespace

TEST_CASE("what a killed server has committed is there in the next run, and the rest whole") {
  const TemporaryFolder folder;
  Durability durability = Durability::power;
  SUBCASE("power") {}
  SUBCASE("process") {
    durability = Durability::process;
  }
  std::uint64_t before = 0;
  for (int round = 0; round < 10; ++round) {
    CAPTURE(round);
    Pipe pipe;
    std::uint64_t told = 0;
    {
      Process server([&] { return talk_for_ever(folder.path(), durability, pipe); });
      pipe.only_hear();
      while (told < before + static_cast<std::uint64_t>(3 + 3 * round)) {
        const auto number = pipe.hear();
        REQUIRE(number.has_value());
        told = *number;
      }
      server.kill();
      while (const auto number = pipe.hear())
        told = *number;
    }
    Writer writer = opened(folder.path(), durability);
    CHECK((round == 0 || !writer.take_opened().epoch_is_new));
    const auto found = texts(folder.path(), kLobby);
    CHECK(found.size() >= told);
    CHECK(found.size() <= told + 3);
    CHECK(found.size() % 3 == 0);
    for (std::size_t i = 0; i < found.size(); ++i)
      CHECK(found[i] == fmt::format("{0} number {0}", i + 1));
    CHECK(check(folder.path()).is_sound);
    before = found.size();
  }
}

TEST_CASE("other processes check and copy a store while a server writes to it") {
  const TemporaryFolder folder;
  const auto data = folder.path() / "data";
  Pipe pipe;
  Process server([&] { return talk_for_ever(data, Durability::power, pipe); });
  pipe.only_hear();
  REQUIRE(pipe.hear().has_value());
  for (int i = 0; i < 3; ++i) {
    const auto file = folder.path() / fmt::format("backup{}", i);
    const std::uint64_t before = pipe.hear().value();
    Process checking([&] { return check(data).is_sound; });
    Process copying([&] {
      const auto made = backup(data, file);
      return made && made->messages % 3 == 0 && made->messages >= before;
    });
    CHECK(checking.succeeded());
    CHECK(copying.succeeded());
    CHECK(pipe.hear().value() > before);
  }
}
