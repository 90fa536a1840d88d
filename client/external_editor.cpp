#include "client/external_editor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

// The header of glibc 2.36 does not say that its functions have C linkage.
extern "C" {
#include <sys/pidfd.h>
}

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "client/editor.hpp"
#include "client/paste_input.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kSuffix = ".txt";
constexpr int kNotFound = 127;  // how a shell says that there is no such program

std::unexpected<std::string> failed(std::string_view what, int error) {
  return std::unexpected(fmt::format("{}: {}.", what, std::strerror(error)));
}

// Of an environment variable that is set and not empty.
std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

std::string users_editor() {
  return variable("VISUAL").or_else([] { return variable("EDITOR"); }).value_or("vi");
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0)
      return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// This program takes signals in ways of its own, which its children must not inherit.
struct Attributes {
  Attributes() {
    ::posix_spawnattr_init(&all);
    sigset_t none;
    ::sigemptyset(&none);
    sigset_t by_default;
    ::sigfillset(&by_default);
    ::posix_spawnattr_setsigmask(&all, &none);
    ::posix_spawnattr_setsigdefault(&all, &by_default);
    ::posix_spawnattr_setflags(&all, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&all); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  posix_spawnattr_t all;
};

// As git and others do: the variable may hold a command line, for a shell.
std::expected<pid_t, int> spawn(std::string editor, std::string path) {
  std::string shell = "/bin/sh";
  std::string flag = "-c";
  std::string script = editor + " \"$@\"";
  const std::array<char*, 6> arguments{shell.data(),  flag.data(), script.data(),
                                       editor.data(), path.data(), nullptr};
  const Attributes attributes;
  pid_t pid = 0;
  const int error =
      ::posix_spawn(&pid, shell.c_str(), nullptr, &attributes.all, arguments.data(), environ);
  if (error != 0)
    return std::unexpected(error);
  return pid;
}

std::expected<void, std::string> judge(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return {};
  constexpr std::string_view kUnchanged = "what you were writing is as it was.";
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound)
    return std::unexpected(
        fmt::format("There is no editor '{}': set $EDITOR to one that there is.", users_editor()));
  if (WIFEXITED(status))
    return std::unexpected(
        fmt::format("The editor ended with status {}; {}", WEXITSTATUS(status), kUnchanged));
  return std::unexpected(fmt::format("The editor was ended; {}", kUnchanged));
}

}  // namespace

std::expected<DraftFile, std::string> DraftFile::make(std::string_view text) {
  std::string path = variable("XDG_RUNTIME_DIR").value_or("/tmp") + "/edgechat-XXXXXX";
  path += kSuffix;
  const net::UniqueFd fd(
      ::mkostemps(path.data(), static_cast<int>(kSuffix.size()), O_CLOEXEC));  // 0600
  if (fd.get() < 0)
    return failed("No file for the editor could be made", errno);
  DraftFile file(std::move(path));
  // A file of lines, as editors expect it.
  const std::string lines = text.empty() ? std::string() : std::string(text) + "\n";
  if (!write_all(fd.get(), lines))
    return failed("The file for the editor could not be written", errno);
  return file;
}

DraftFile::DraftFile(DraftFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}

DraftFile::~DraftFile() {
  if (!path_.empty())
    ::unlink(path_.c_str());
}

std::expected<std::string, std::string> DraftFile::read() const {
  // An editor may have put anything in its place; no fifo must be waited for.
  const net::UniqueFd fd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0)
    return failed("What the editor wrote cannot be read", errno);
  std::string text;
  std::array<char, 4096> some;
  ssize_t bytes = 0;
  while (text.size() <= kMaxInputBytes && (bytes = ::read(fd.get(), some.data(), some.size())) > 0)
    text.append(some.data(), static_cast<std::size_t>(bytes));
  if (bytes < 0)
    return failed("What the editor wrote cannot be read", errno);
  return text;
}

std::expected<ExternalEditor, std::string> ExternalEditor::start(std::string_view text) {
  auto file = DraftFile::make(text);
  if (!file)
    return std::unexpected(std::move(file.error()));
  const auto pid = spawn(users_editor(), file->path());
  if (!pid)
    return failed("The editor could not be started", pid.error());
  return ExternalEditor(std::move(*file), *pid, net::UniqueFd(::pidfd_open(*pid, 0)));
}

ExternalEditor::ExternalEditor(ExternalEditor&& other) noexcept
    : file_(std::move(other.file_)),
      pid_(std::exchange(other.pid_, 0)),
      ended_(std::move(other.ended_)) {}

ExternalEditor::~ExternalEditor() {
  if (pid_ != 0)
    ::kill(pid_, SIGHUP);
}

std::expected<std::string, std::string> ExternalEditor::finish() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  if (auto ended = judge(status); !ended)
    return std::unexpected(std::move(ended.error()));
  const auto written = file_.read();
  if (!written)
    return std::unexpected(written.error());
  PasteInput text;
  for (const char byte : *written)
    text.take(static_cast<unsigned char>(byte));
  std::string fit = text.text();
  if (written->size() > kMaxInputBytes || fit.size() > kMaxInputBytes)
    return std::unexpected(fmt::format(
        "The text is too long: {} bytes are the most. What you were writing is as it was.",
        kMaxInputBytes));
  return fit;
}

}  // namespace chat::client
