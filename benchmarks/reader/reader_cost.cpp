// What a scan costs beside decoding alone: one line a file, tab-separated, from one process each way.
//
//   reader_cost FILE…      (one thread; run.py makes the clips and the table)
//
// decode: every frame decoded, none converted. convert: every frame decoded and brought to BGR, what any program needs
// that looks at all frames. scan: Reader::read_file. Times are processor time, all threads of the process, so that
// other work on the machine weighs little; the engines are loaded before.

#include <sys/resource.h>

#include <cstdio>
#include <exception>

#include "kualik/reader/reader.h"
#include "kualik/video/frame_source.h"

namespace {

double processor_s() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double peak_mb() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

/// Processor seconds of reading the file through; `convert`: each frame to BGR as well.
double decoding_s(const char* path, bool convert) {
  const double begun = processor_s();
  kualik::video::FrameSource source = kualik::video::FrameSource::open(path);
  while (source.grab())
    if (convert) (void)source.retrieve();
  return processor_s() - begun;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    kualik::Reader reader;
    std::puts("file\tvideo_s\tdecode_s\tconvert_s\tscan_s\tscan/decode\tscan/video\trecords\tpeak_MB");
    for (int i = 1; i < argc; ++i) {
      const double decode = decoding_s(argv[i], false);
      const double convert = decoding_s(argv[i], true);
      const double begun = processor_s();
      const kualik::ScanResult result = reader.read_file(argv[i]);
      const double scan = processor_s() - begun;
      const double length = result.source.duration_s;
      std::printf("%s\t%.1f\t%.2f\t%.2f\t%.2f\t%.2f\t%.3f\t%zu\t%.0f\n", argv[i], length, decode, convert, scan,
                  scan / decode, length > 0 ? scan / length : 0.0, result.records.size(), peak_mb());
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "reader_cost: %s\n", error.what());
    return 1;
  }
  return 0;
}
