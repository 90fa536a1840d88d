// Opens web pages.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace chat::client {

// Opens an address with one of `browsers`, which are as in $BROWSER: alternatives with a colon
// between them, each a program and its arguments between spaces, "%s" where the address belongs or
// nothing where that is the end. The first that can be run is. No shell reads any of it. Fails with
// a sentence, also when there is no browser.
std::expected<void, std::string> open_page(std::string_view address, std::string_view browsers);

// The same with this program's $BROWSER.
std::expected<void, std::string> open_page(std::string_view address);

}  // namespace chat::client
