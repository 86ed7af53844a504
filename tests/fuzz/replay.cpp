// Runs a fuzz target without libFuzzer, for compilers that have none and for the short run among the tests:
//
//   numbers_mrz_replay SECONDS CORPUS…     files, or folders of them
//
// First each input as it is, then inputs made from them by a fixed generator (bytes changed, dropped, doubled, two
// inputs joined) until the time is over. A fault aborts, as it does under libFuzzer; the input is left in
// `replay-failed` in the working directory. Beyond 6 GiB of addresses memory is refused, so that no input takes a
// machine's all; the sanitizers, which lay out terabytes, go without.

#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "core/sanitized.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;
Bytes current;

void keep_input(int signal) {
  // Not safe in general, but the process ends here and the input is what one wants to see.
  if (std::FILE* file = std::fopen("replay-failed", "wb")) {
    std::fwrite(current.data(), 1, current.size(), file);
    std::fclose(file);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void limit_memory() {
#ifndef KUALIK_SANITIZED
  const rlimit addresses{rlim_t{6} << 30, rlim_t{6} << 30};
  setrlimit(RLIMIT_AS, &addresses);
#endif
}

Bytes read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Bytes changed(const std::vector<Bytes>& all, std::mt19937& random) {
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
  Bytes b = all[below(all.size())];
  for (std::size_t times = 1 + below(6); times > 0; --times) {
    const std::size_t at = below(b.size());
    switch (below(6)) {
      case 0:
        if (!b.empty()) b[at] = static_cast<std::uint8_t>(random());
        break;
      case 1:
        if (!b.empty()) b[at] = static_cast<std::uint8_t>(b[at] ^ 1U << below(8));
        break;
      case 2:
        b.insert(b.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint8_t>(random()));
        break;
      case 3:
        b.resize(at);
        break;
      case 4: {
        const Bytes& other = all[below(all.size())];
        b.resize(at);
        b.insert(b.end(), other.begin() + static_cast<std::ptrdiff_t>(below(other.size())), other.end());
        break;
      }
      default:
        if (b.size() < 65536) b.insert(b.end(), b.begin() + static_cast<std::ptrdiff_t>(at), b.end());
        break;
    }
  }
  return b;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "use: %s SECONDS CORPUS...\n", argv[0]), 2;
  limit_memory();
  std::signal(SIGABRT, keep_input);
  std::signal(SIGSEGV, keep_input);
  std::vector<Bytes> all{{}};
  for (int i = 2; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      all.push_back(read(argv[i]));
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) all.push_back(read(entry.path()));
  }
  const auto run = [](const Bytes& input) {
    current = input;
    LLVMFuzzerTestOneInput(current.data(), current.size());
  };
  for (const Bytes& input : all) run(input);
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(std::atof(argv[1]));
  std::mt19937 random(20261124);
  std::size_t made = 0;
  for (; std::chrono::steady_clock::now() < end; ++made) run(changed(all, random));
  std::printf("%zu inputs, %zu made from them\n", all.size() - 1, made);
}
