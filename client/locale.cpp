#include "client/locale.hpp"

#include <langinfo.h>

#include <clocale>
#include <string_view>

namespace chat::client {

void use_utf8_locale() {
  std::setlocale(LC_ALL, "");
  if (std::string_view(::nl_langinfo(CODESET)) != "UTF-8")
    std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace chat::client
