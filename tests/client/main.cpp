#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>

#include "client/locale.hpp"

int main(int argc, char** argv) {
  // Lines carry the time of day.
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  chat::client::use_utf8_locale();
  doctest::Context context(argc, argv);
  return context.run();
}
