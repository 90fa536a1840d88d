// Makes the screens that the README shows: as text in the README, and as pictures in
// client/screens/. With --check says which of them are not as the programs show them now.

// The parts of tests that start programs check their own work with it.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tools/screens/scenes.hpp"

namespace {

using chat::screens::Screen;

std::string content_of(const std::filesystem::path& file) {
  std::ostringstream content;
  content << std::ifstream(file).rdbuf();
  return content.str();
}

void write(const std::filesystem::path& file, std::string_view content) {
  std::ofstream out(file, std::ios::trunc);
  out << content;
  if (!out.flush())
    throw std::runtime_error(fmt::format("{} cannot be written", file.string()));
}

// The README with the screen in the block behind its picture.
std::string with_screen(const std::string& readme, const Screen& screen) {
  const auto picture = readme.find(fmt::format("(client/screens/{}.svg)", screen.name));
  const auto fence = readme.find("```\n", std::min(picture, readme.size()));
  const auto end = readme.find("```\n", fence == readme.npos ? fence : fence + 4);
  if (end == readme.npos)
    throw std::runtime_error(fmt::format("the README has no place for {}", screen.name));
  return readme.substr(0, fence + 4) + screen.text + readme.substr(end);
}

// Makes the file like this, or says that it is not.
bool settle(const std::filesystem::path& file, const std::string& content, bool checks) {
  if (content_of(file) == content)
    return true;
  if (checks)
    fmt::print(stderr, "{} is not as the programs show it now\n", file.string());
  else
    write(file, content);
  return !checks;
}

bool settle_all(const std::filesystem::path& root, bool checks) {
  std::string readme = content_of(root / "README.md");
  bool is_right = true;
  for (const Screen& screen : chat::screens::play()) {
    readme = with_screen(readme, screen);
    is_right &= settle(root / "client/screens" / (screen.name + ".svg"), screen.svg, checks);
  }
  return settle(root / "README.md", readme, checks) && is_right;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc == 3 ? argv[1] : "";
  if (what != "--write" && what != "--check") {
    fmt::print(stderr, "usage: client-screens --write|--check SOURCE\n");
    return 2;
  }
  doctest::Context context;
  context.setAsDefaultForAssertsOutOfTestCases();
  context.setAssertHandler([](const doctest::AssertData& failed) {
    if (failed.m_failed)
      throw std::runtime_error(fmt::format("not so: {}", failed.m_expr));
  });
  try {
    return settle_all(argv[2], what == "--check") ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "client-screens: {}\n", failure.what());
    return EXIT_FAILURE;
  }
}
