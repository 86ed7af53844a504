// Any bytes as a plug-in reader's folder: refused with one line, or a reader that reads a line. The input is the form
// (JSON), a NUL, the list of characters, a NUL, the model; the files lie in memory alone.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/memory_folder.h"
#include "kualik/ocr/ctc_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  static const MemoryFolder folder;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"m.json", "m.txt", "m.onnx"}) {
    const std::size_t end = std::string_view(name) == "m.onnx" ? rest.size() : rest.find('\0');
    std::ofstream(folder.path / name, std::ios::binary) << rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : std::min(end + 1, rest.size()));
  }
  try {
    const auto reader = ocr::load_ctc_reader("x", folder.path.string());
    const std::vector<std::uint8_t> grey(40 * 120, 180);
    const ocr::LineReading r = reader->read({grey.data(), 120, 40, 1, 120});
    if (r.log_probs.size() != static_cast<std::size_t>(r.steps) * static_cast<std::size_t>(r.classes)) std::abort();
  } catch (const std::runtime_error& fault) {
    const std::string_view message = fault.what();
    if (!message.starts_with("reader 'x'") || message.find('\n') != std::string_view::npos) std::abort();
  }
  return 0;
}
