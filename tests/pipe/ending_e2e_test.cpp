// How it ends, and with which exit status.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/pipe/pipe_program.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

// A port that nobody listens on: that of a server that has ended.
std::string closed_address() {
  ServerProcess server;
  return server.address();
}

// So that nobody can write to this pipe without waiting.
void fill(int pipe) {
  ::fcntl(pipe, F_SETFL, O_NONBLOCK);
  while (::write(pipe, "x", 1) == 1) {
  }
  ::fcntl(pipe, F_SETFL, 0);
}

}  // namespace

TEST_CASE("a command line that makes no sense is a sentence and exit status 2") {
  const std::vector<std::vector<std::string>> wrong{
      {"--nick", "builder"},
      {"--room", "ci"},
      {"--nick", "two words", "--room", "ci"},
      {"--nick", "builder", "--room", "two words"},
      {"--nick", "builder", "--room", "ci", "--timeout", "0"},
      {"host:port", "--nick", "builder", "--room", "ci"},
      {"--nick", "builder", "--room", "ci", "--room", "other"},
      {"--no-such-option"},
  };
  for (auto arguments : wrong) {
    CAPTURE(arguments);
    arguments.insert(arguments.begin(), CHAT_PIPE);
    Process pipe(arguments);
    CHECK(pipe.wait_for_exit() == 2);
    CHECK(pipe.standard_error().starts_with("chat-pipe: "));
    CHECK(pipe.standard_output() == "");
  }
}

TEST_CASE("the server may be one of the configuration; a mistake in that is exit status 2") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "edgechat/client.toml";
  std::filesystem::create_directory(file.parent_path());
  const auto run = [&](const std::string& configuration, const std::string& to = "work") {
    std::ofstream(file) << configuration;
    Process pipe({CHAT_PIPE, to, "--nick", "builder", "--room", "ci"},
                 [] { ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO); },
                 {"XDG_CONFIG_HOME=" + folder.path().string()});
    const int status = pipe.wait_for_exit().value_or(-1);
    return std::pair(status, pipe.standard_error());
  };
  const ServerProcess server;
  CHECK(run("[servers.work]\naddress = \"" + server.address() + "\"\n").first == 0);
  const auto [status, sentence] = run("[servers.work]\naddress = 1:2:3\n");
  CHECK(status == 2);
  CHECK(sentence.starts_with("chat-pipe: " + file.string() + ":2: "));
  CHECK(run("[servers.work]\naddress = 1:2:3\n", server.address()).first == 0);
  const auto hostile = run("\"\\u001b]0;x\\u0007\" = 1\n");
  CHECK(hostile.first == 2);
  CHECK(hostile.second ==
        "chat-pipe: " + file.string() + ":1: ␛]0;x␇: There is no such setting.\n");
}

TEST_CASE("a nickname that somebody has is exit status 1") {
  ServerProcess server;
  const Peer other = Peer::named(server.port(), "builder");
  PipeProgram pipe(server.address());
  pipe.end_input();
  CHECK(pipe.wait_for_exit() == 1);
  CHECK(pipe.events("error").size() == 1);
  CHECK(pipe.process().standard_error().find("The nickname builder is refused") !=
        std::string::npos);
}

TEST_CASE("a server that cannot be reached in time is exit status 3") {
  PipeProgram pipe(closed_address(), {"--timeout", "0.3"});
  pipe.write("hello\n");
  pipe.end_input();
  CHECK(pipe.wait_for_exit() == 3);
  CHECK(pipe.process().standard_error().find("Connection refused") != std::string::npos);
}

TEST_CASE("a server that does not acknowledge in time is exit status 3, and what waits is told") {
  ServerProcess server;
  PipeProgram pipe(server.address(), {"--timeout", "0.5"});
  REQUIRE(pipe.tells("entered"));
  server.process().stop();
  pipe.write("one\ntwo\n");
  pipe.end_input();
  CHECK(pipe.wait_for_exit() == 3);
  server.process().signal(SIGCONT);
  const auto failed = pipe.events("failed");
  REQUIRE(failed.size() == 2);
  CHECK(failed[0].at("text") == "one");
  CHECK(failed[1].at("line") == 2);
  CHECK(failed[1].at("why") == "Perhaps not sent");
}

TEST_CASE("while nothing waits for the server it may be away for longer than that") {
  ServerProcess server;
  PipeProgram pipe(server.address(), {"--timeout", "0.3"});
  REQUIRE(pipe.tells("entered"));
  server.process().stop();
  CHECK_FALSE(pipe.process().wait_for_exit(Deadline(milliseconds(600))));
  CHECK(pipe.events("error").empty());
  server.process().signal(SIGCONT);
}

TEST_CASE("after SIGTERM what was read is still said; a second one ends at once") {
  ServerProcess server;
  PipeProgram pipe(server.address());
  REQUIRE(pipe.tells("entered"));
  SUBCASE("one") {
    pipe.write(numbered_lines(1, 100));
    REQUIRE(pipe.tells("acknowledged"));
    pipe.process().signal(SIGTERM);
    CHECK(pipe.wait_for_exit() == 128 + SIGTERM);
    CHECK(pipe.texts().size() == pipe.events("acknowledged").size());
    CHECK(pipe.events("failed").empty());
  }
  SUBCASE("two") {
    server.process().stop();
    pipe.write("hello\n");
    pipe.process().signal(SIGTERM);
    CHECK_FALSE(pipe.process().wait_for_exit(Deadline(milliseconds(200))));
    pipe.process().signal(SIGINT);
    CHECK(pipe.wait_for_exit() == 128 + SIGINT);
    server.process().signal(SIGCONT);
    REQUIRE(pipe.events("failed").size() == 1);
    CHECK(pipe.events("failed")[0].at("why") == "Perhaps not sent");
  }
}

TEST_CASE("a second signal does not wait for who reads what happens either") {
  ServerProcess server;
  Peer bert = Peer::named(server.port(), "Bert");
  bert.send(chat::protocol::Join{.request = chat::RequestId{1}, .name = "ci"});
  bert.expect<chat::protocol::RoomOpened>();
  int input[2];
  int output[2];
  REQUIRE(::pipe2(input, O_CLOEXEC) == 0);
  REQUIRE(::pipe2(output, O_CLOEXEC) == 0);
  fill(output[1]);
  Process pipe({CHAT_PIPE, server.address(), "--nick", "builder", "--room", "ci"}, [&] {
    ::dup2(input[0], STDIN_FILENO);
    ::dup2(output[1], STDOUT_FILENO);
  });
  REQUIRE(::write(input[1], "one\n", 4) == 4);
  REQUIRE(bert.expect_text() == "one");
  server.process().stop();
  REQUIRE(::write(input[1], "two\n", 4) == 4);
  pipe.signal(SIGTERM);
  CHECK_FALSE(pipe.wait_for_exit(Deadline(milliseconds(200))));
  pipe.signal(SIGTERM);
  CHECK(pipe.wait_for_exit() == 128 + SIGTERM);
  server.process().signal(SIGCONT);
  for (const int fd : {input[0], input[1], output[0], output[1]})
    ::close(fd);
}

TEST_CASE("a signal ends the wait for who reads what happens, and is told") {
  ServerProcess server;
  int output[2];
  REQUIRE(::pipe2(output, O_CLOEXEC) == 0);
  fill(output[1]);
  Process pipe({CHAT_PIPE, server.address(), "--nick", "builder", "--room", "ci"},
               [&] { ::dup2(output[1], STDOUT_FILENO); });
  REQUIRE(server.process().wait_for_line("event=disconnected"));
  CHECK_FALSE(pipe.wait_for_exit(Deadline(milliseconds(200))));
  pipe.signal(SIGTERM);
  CHECK(pipe.wait_for_exit() == 128 + SIGTERM);
  ::close(output[0]);
  ::close(output[1]);
}

TEST_CASE("an input that cannot be read is exit status 5, and a sentence") {
  ServerProcess server;
  Process pipe({CHAT_PIPE, server.address(), "--nick", "builder", "--room", "ci"},
               [] { ::dup2(::open("/", O_RDONLY), STDIN_FILENO); });
  CHECK(pipe.wait_for_exit() == 5);
  CHECK(pipe.standard_error() == "chat-pipe: reading standard input: Is a directory\n");
}

TEST_CASE("when nobody reads what happens it says what it has read, and ends with 4") {
  ServerProcess server;
  Peer bert = Peer::named(server.port(), "Bert");
  bert.send(chat::protocol::Join{.request = chat::RequestId{1}, .name = "ci"});
  bert.expect<chat::protocol::RoomOpened>();
  int input[2];
  int output[2];
  REQUIRE(::pipe2(input, O_CLOEXEC) == 0);
  REQUIRE(::pipe2(output, O_CLOEXEC) == 0);
  Process pipe({CHAT_PIPE, server.address(), "--nick", "builder", "--room", "ci"}, [&] {
    ::dup2(input[0], STDIN_FILENO);
    ::dup2(output[1], STDOUT_FILENO);
  });
  ::close(output[1]);
  char first;
  REQUIRE(::read(output[0], &first, 1) == 1);
  REQUIRE(::write(input[1], "hello\n", 6) == 6);
  CHECK(bert.expect_text() == "hello");
  ::close(output[0]);
  CHECK(pipe.wait_for_exit() == 4);
  ::close(input[0]);
  ::close(input[1]);
}

TEST_CASE("standard files that a script has closed do no harm") {
  ServerProcess server;
  Process pipe({CHAT_PIPE, server.address(), "--nick", "builder", "--room", "ci"}, [] {
    ::close(STDIN_FILENO);
    ::close(STDOUT_FILENO);
  });
  CHECK(pipe.wait_for_exit() == 0);
}
