#include "client/urls.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/wrap.hpp"
#include "libchat/vocabulary.hpp"

using namespace chat::client;

namespace {

using Urls = std::vector<std::string>;

Urls urls(std::string_view text) {
  Urls all;
  for (const auto& [begin, end] : urls_in(text))
    all.emplace_back(text.substr(begin, end - begin));
  return all;
}

// The first text again and again, and then the second, in all as much as a message may have.
std::string crammed(std::string_view text, std::size_t times, std::string_view rest = "") {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += text;
  while (!rest.empty() && all.size() + rest.size() <= chat::kMaxTextBytes)
    all += rest;
  return all;
}

}  // namespace

TEST_CASE("addresses of web pages are found, whatever the case of their scheme") {
  CHECK(urls("see https://x.y/z and HTTP://a.b now") == Urls{"https://x.y/z", "HTTP://a.b"});
  CHECK(urls("http://[::1]:80/") == Urls{"http://[::1]:80/"});
  CHECK(urls("https://münchen.de/straße") == Urls{"https://münchen.de/straße"});
  CHECK(urls("https://x.y/?q=http://a.b/#c") == Urls{"https://x.y/?q=http://a.b/#c"});
}

TEST_CASE("an address may begin with www instead of a scheme") {
  CHECK(urls("see www.example.org, or WWW.x.y/z.") == Urls{"www.example.org", "WWW.x.y/z"});
  CHECK(urls("(www.x.y) https://www.x.y http://a.b/www.x.y") ==
        Urls{"www.x.y", "https://www.x.y", "http://a.b/www.x.y"});
  CHECK(urls("www.münchen.de") == Urls{"www.münchen.de"});
  CHECK(urls("www. www.x www..x.y awww.x.y a.www.x.y me@www.x.y /www.x.y www.x. www").empty());
  CHECK(page_at("www.x.y/z") == "http://www.x.y/z");
  CHECK(page_at("https://www.x.y") == "https://www.x.y");
}

TEST_CASE("what is no address is none") {
  CHECK(urls("ftp://x.y xhttp://x.y :// http:// https://. x.y").empty());
  CHECK(urls("").empty());
}

TEST_CASE("what ends the sentence or the bracket around an address does not belong to it") {
  CHECK(urls("(see https://x.y/z).") == Urls{"https://x.y/z"});
  CHECK(urls("https://x.y/z, or https://x.y/z?!") == Urls{"https://x.y/z", "https://x.y/z"});
  CHECK(urls("<https://x.y/z> \"https://x.y/z\"") == Urls{"https://x.y/z", "https://x.y/z"});
  CHECK(urls("https://x.y/C_(language)") == Urls{"https://x.y/C_(language)"});
  CHECK(urls("(https://x.y/C_(language))") == Urls{"https://x.y/C_(language)"});
  CHECK(urls("「https://x.y/z」。") == Urls{"https://x.y/z"});
}

TEST_CASE("no control character is in an address") {
  CHECK(urls("https://x.y/a\x1B[31mb") == Urls{"https://x.y/a"});
  CHECK(urls("https://x.y/a\nb") == Urls{"https://x.y/a"});
  CHECK(urls("https://x.y/a\u202Eb") == Urls{"https://x.y/a"});
  CHECK(urls("https://x.y/a\xFF\xFE") == Urls{"https://x.y/a"});
}

TEST_CASE("where many addresses might begin in a word, the ones that do are found") {
  CHECK(urls("www.a(www.b.c") == Urls{"www.a(www.b.c"});
  CHECK(urls("www.(www.x.y)") == Urls{"www.x.y"});
  CHECK(urls("www./www.x.y;www.x.y/z") == Urls{"www.x.y/z"});
  CHECK(urls("www.x,www.y") == Urls{"www.x,www.y"});
  CHECK(urls("www.x.\u2019 www.\u3000.x www.x/.y").empty());
}

TEST_CASE("brackets of each kind are counted by themselves") {
  CHECK(urls("https://x.y/a)]}") == Urls{"https://x.y/a"});
  CHECK(urls("https://x.y/a(b[c{d})]}).") == Urls{"https://x.y/a(b[c{d})]"});
  CHECK(urls("https://x.y/((a)))))") == Urls{"https://x.y/((a))"});
}

// Hundreds of each: whoever needs a time that grows with the square of a text does not come to an
// end before this test's time is over.
TEST_CASE("no message takes long to be looked through, whatever it is made of") {
  constexpr int kMessages = 100;
  for (const auto& [text, count] :
       {std::pair{crammed("www.)", 400, ")"), 0}, std::pair{crammed("www.(", 819), 0},
        std::pair{crammed("https://)", 1, ")"), 0}, std::pair{crammed("https://x", 1, ")"), 1},
        std::pair{crammed("https://x", 100, "()))"), 1}, std::pair{crammed("www.x.y ", 512), 512}})
    for (int i = 0; i < kMessages; ++i) {
      REQUIRE(urls_in(text).size() == static_cast<std::size_t>(count));
      REQUIRE(wrap(text, Columns{80}, Columns{74}).size() > 1);
    }
}
