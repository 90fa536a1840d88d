#include "client/urls.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace chat::client;

namespace {

using Urls = std::vector<std::string>;

Urls urls(std::string_view text) {
  Urls all;
  for (const auto& [begin, end] : urls_in(text))
    all.emplace_back(text.substr(begin, end - begin));
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
