#include "client/browser.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "client/detached.hpp"
#include "client/words.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kPlace = "%s";

std::vector<std::string> command_for(std::string_view browser, std::string_view address) {
  std::vector<std::string> words = words_of(browser);
  bool is_placed = false;
  for (std::string& word : words) {
    const std::size_t at = word.find(kPlace);
    if (at == std::string::npos)
      continue;
    word.replace(at, kPlace.size(), address);
    is_placed = true;
  }
  if (!words.empty() && !is_placed)
    words.emplace_back(address);
  return words;
}

}  // namespace

std::expected<void, std::string> open_page(std::string_view address, std::string_view browsers) {
  std::expected<void, std::string> opened =
      std::unexpected("Which browser? Set BROWSER in the environment, for example to firefox.");
  while (!browsers.empty()) {
    const auto browser = browsers.substr(0, browsers.find(':'));
    browsers.remove_prefix(std::min(browser.size() + 1, browsers.size()));
    const auto command = command_for(browser, address);
    if (command.empty())
      continue;
    opened = run_detached(command);
    if (opened)
      break;
  }
  return opened;
}

std::expected<void, std::string> open_page(std::string_view address) {
  const char* browsers = std::getenv("BROWSER");
  return open_page(address, browsers != nullptr ? browsers : "");
}

}  // namespace chat::client
