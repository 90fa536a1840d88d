// Unicode's own examples of where grapheme clusters begin, against the line editor.

#include <doctest/doctest.h>
#include <utf8proc.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "client/editor.hpp"
#include "libchat/utf8.hpp"

using namespace chat;
using chat::client::Editor;

namespace {

// Debian's package unicode-data.
constexpr const char* kExamples = "/usr/share/unicode/auxiliary/GraphemeBreakTest.txt";

struct Example {
  std::string line;  // of the file, without the comment
  std::string text;
  std::vector<std::size_t> breaks;  // in bytes
};

// "÷ 0061 × 0308 ÷": code points, and whether there is a break between them.
Example example_of(std::string_view line) {
  Example example{std::string(line), {}, {}};
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    if (word == "÷")
      example.breaks.push_back(example.text.size());
    else if (word != "×")
      append_utf8(example.text, static_cast<char32_t>(std::stoul(std::string(word), nullptr, 16)));
  }
  return example;
}

std::vector<Example> all_examples() {
  std::ifstream file(kExamples);
  std::vector<Example> examples;
  for (std::string line; std::getline(file, line);) {
    line.resize(std::min(line.find('#'), line.size()));
    line.resize(line.find_last_not_of(" \t") + 1);
    if (!line.empty())
      examples.push_back(example_of(line));
  }
  return examples;
}

// Where the cursor stands on its way through the text.
std::vector<std::size_t> stops_to_the_right(const std::string& text) {
  Editor editor;
  editor.set(text);
  editor.to_begin();
  std::vector<std::size_t> stops{0};
  while (editor.cursor() < text.size()) {
    editor.right();
    stops.push_back(editor.cursor());
  }
  return stops;
}

std::vector<std::size_t> stops_to_the_left(const std::string& text) {
  Editor editor;
  editor.set(text);
  std::vector<std::size_t> stops{editor.cursor()};
  while (editor.cursor() > 0) {
    editor.left();
    stops.insert(stops.begin(), editor.cursor());
  }
  return stops;
}

}  // namespace

TEST_CASE("the cursor stops exactly where Unicode's examples have breaks") {
  const auto examples = all_examples();
  // All of Unicode 15.0, or more.
  REQUIRE(examples.size() >= 602);
  const std::string known = utf8proc_unicode_version();
  CAPTURE(known);
  for (const auto& [line, text, breaks] : examples) {
    CAPTURE(line);
    CHECK(stops_to_the_right(text) == breaks);
    CHECK(stops_to_the_left(text) == breaks);
  }
}
