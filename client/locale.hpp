#pragma once

namespace chat::client {

// Makes wcwidth(3) and ncurses speak UTF-8: the locale of the environment when it does, otherwise
// C.UTF-8. To be called once, at the start of main().
void use_utf8_locale();

}  // namespace chat::client
