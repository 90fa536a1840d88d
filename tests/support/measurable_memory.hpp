// Whether the size of a process says anything.
#pragma once

namespace chat::test {

// Under AddressSanitizer a process keeps what it frees, and under ThreadSanitizer it has shadows of
// what it touches, so its size says nothing. g++ tells of them by macros, clang by features.
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
inline constexpr bool kMemoryIsMeasurable = false;
#elif !defined __has_feature
inline constexpr bool kMemoryIsMeasurable = true;
#elif __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kMemoryIsMeasurable = false;
#else
inline constexpr bool kMemoryIsMeasurable = true;
#endif

}  // namespace chat::test
