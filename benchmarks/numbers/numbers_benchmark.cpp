// build/dev/benchmarks/numbers/numbers_benchmark: full checks (form, check digit, date, age, region with period,
// reasons out) per second. The numbers are made while it runs and never stored; births 1940-2015, five in a hundred
// damaged.

#include <benchmark/benchmark.h>

#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "kualik/numbers/bulk.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"
#include "kualik/numbers/table_check.h"

namespace {

using namespace kualik::numbers;

constexpr std::size_t from_memory = 10000000;  // 180 MB: beyond every cache but those of whole servers.
constexpr std::size_t in_cache = 20000;

const std::vector<char>& numbers() {
  static const std::vector<char> data = [] {
    std::vector<char> made(from_memory * 18);
    std::vector<int> codes;
    for (int i = 0; i < region_record_count(); ++i)
      if (const RegionRecord r = region_record(i); r.level == RegionLevel::county) codes.push_back(r.code);
    std::mt19937 random(20261123);
    const auto put = [](char* p, int size, unsigned value) {
      for (int i = size - 1; i >= 0; --i, value /= 10) p[i] = static_cast<char>('0' + value % 10);
    };
    for (std::size_t i = 0; i < from_memory; ++i) {
      char* p = &made[i * 18];
      put(p, 6, static_cast<unsigned>(codes[random() % codes.size()]));
      put(p + 6, 4, static_cast<unsigned>(1940 + random() % 76));
      put(p + 10, 2, static_cast<unsigned>(1 + random() % 12));
      put(p + 12, 2, static_cast<unsigned>(1 + random() % 28));
      put(p + 14, 3, static_cast<unsigned>(random() % 1000));
      p[17] = resident_check_char({p, 17});
      if (random() % 20 == 0) p[random() % 18] = random() % 10 == 0 ? 'O' : static_cast<char>('0' + random() % 10);
    }
    return made;
  }();
  return data;
}

std::span<std::uint32_t> room(std::size_t count) {
  static const std::unique_ptr<std::uint32_t, void (*)(void*)> held(
      static_cast<std::uint32_t*>(std::aligned_alloc(64, from_memory * 4)), std::free);
  std::memset(held.get(), 0, count * 4);
  return {held.get(), count};
}

void count_numbers(benchmark::State& state, std::size_t count) {
  state.counters["numbers/s"] = benchmark::Counter(static_cast<double>(count) * static_cast<double>(state.iterations()),
                                                   benchmark::Counter::kIsRate);
}

void read_only(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const char* data = numbers().data();
  for ([[maybe_unused]] auto _ : state) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 8 <= count * 18; i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, data + i, 8);
      sum += word;
    }
    benchmark::DoNotOptimize(sum);
  }
  count_numbers(state, count);
}
BENCHMARK(read_only)->Arg(from_memory)->Arg(in_cache);

template <CpuPath path>
void bulk(benchmark::State& state) {
  if (!available(path)) {
    state.SkipWithError("this processor has no such path");
    return;
  }
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::span<std::uint32_t> out = room(count);
  const char* const data = numbers().data();
  BulkOptions options;
  options.check.today = {2026, 11, 23};
  options.path = path;
  for ([[maybe_unused]] auto _ : state) check_resident_ids(FixedColumn{data, count, 18, 18}, out, options);
  count_numbers(state, count);
}
BENCHMARK_TEMPLATE(bulk, CpuPath::avx512)->Arg(from_memory)->Arg(in_cache);
BENCHMARK_TEMPLATE(bulk, CpuPath::avx2)->Arg(from_memory)->Arg(in_cache);
BENCHMARK_TEMPLATE(bulk, CpuPath::portable)->Arg(from_memory)->Arg(in_cache);

/// What a caller without the bulk check would write.
void plain_loop(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::span<std::uint32_t> out = room(count);
  Options options;
  options.today = {2026, 11, 23};
  const char* data = numbers().data();
  for ([[maybe_unused]] auto _ : state)
    for (std::size_t i = 0; i < count; ++i) out[i] = check_resident_id({data + i * 18, 18}, options).bits();
  count_numbers(state, count);
}
BENCHMARK(plain_loop)->Arg(1000000);

/// The engine of `kualik check` on a plain list, without reading and writing files; bytes are those of the list.
void check_list(benchmark::State& state) {
  static const std::string list = [] {
    std::string text;
    for (std::size_t i = 0; i < 2000000; ++i) {
      text.append(&numbers()[i * 18], 18);
      text += '\n';
    }
    return text;
  }();
  TableOptions options;
  options.check.today = {2026, 11, 23};
  options.rows = state.range(0) == 0 ? TableRows::none : TableRows::all;
  for ([[maybe_unused]] auto _ : state) {
    std::size_t at = 0;
    std::size_t written = 0;
    check_table(
        [&at](char* buffer, std::size_t size) {
          const std::size_t got = std::min(size, list.size() - at);
          list.copy(buffer, got, at);
          at += got;
          return got;
        },
        [&written](std::string_view piece) { written += piece.size(); }, [](std::uint64_t, std::string_view) {},
        options);
    benchmark::DoNotOptimize(written);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(list.size()) * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(check_list)->ArgName("rows")->Arg(0)->Arg(1);

void repair_one(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(repair_resident_id("440524188001010015"));
}
BENCHMARK(repair_one);

}  // namespace

BENCHMARK_MAIN();
