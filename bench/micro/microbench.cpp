// The microbenchmarks' main; they are in the files *_benchmark.cpp.

#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
