#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "kualik/ocr/ctc_reader.h"
#include "ocr/ctc_net.h"
#include "ocr/onnx_tensors.h"

namespace kualik::ocr {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(std::string("cannot read ").append(path.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

// The one file of a kind in the folder; empty if there is none.
fs::path only(const fs::path& folder, const std::string& extension) {
  fs::path found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != extension || !entry.is_regular_file()) continue;
    if (!found.empty())
      throw std::runtime_error(
          std::string("reader folder ").append(folder.string()).append(" holds more than one *").append(extension));
    found = entry.path();
  }
  return found;
}

std::vector<std::string> symbols(const std::string& text) {
  std::vector<std::string> list;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string symbol = text.substr(at, end - at);
    if (!symbol.empty() && symbol.back() == '\r') symbol.pop_back();
    list.push_back(std::move(symbol));
    at = end + 1;
  }
  return list;
}

}  // namespace

std::unique_ptr<Recognizer> load_ctc_reader(const std::string& name, const std::string& folder) {
  const std::string where = std::string("reader '").append(name).append("' in ").append(folder).append(": ");
  const fs::path dir(folder);
  if (!fs::is_directory(dir)) throw std::runtime_error(std::string(where).append("no such folder"));
  const fs::path model = only(dir, ".onnx");
  const fs::path list = only(dir, ".txt");
  const fs::path spec = only(dir, ".json");
  if (model.empty()) throw std::runtime_error(std::string(where).append("no *.onnx model"));
  if (list.empty()) throw std::runtime_error(std::string(where).append("no *.txt character list"));
  const std::string bytes = read_file(model);
  if (const std::string fault = fault_of_tensors(bytes); !fault.empty())
    throw std::runtime_error(std::string(where).append("cannot import the model: ").append(fault));

  CtcForm form;
  form.name = std::string("plugin:").append(name);
  form.script = "Hans";
  form.symbols = symbols(read_file(list));
  form.channels = 3;
  form.normalise = Normalise::half;
  std::vector<int> heights{48, 32};
  std::vector<int> widths{0, 320};  // Models exported for one width take no other.
  if (!spec.empty()) {
    try {
      const nlohmann::json json = nlohmann::json::parse(read_file(spec));
      form.script = json.value("script", form.script);
      form.margin = json.value("margin", form.margin);
      if (json.contains("input")) {
        const nlohmann::json& input = json["input"];
        form.channels = input.value("channels", form.channels);
        if (input.contains("height")) heights = {input["height"].get<int>()};
        if (input.contains("width") && input["width"].is_number()) widths = {input["width"].get<int>()};
        const std::string normalise = input.value("normalise", std::string("half"));
        form.normalise = normalise == "half" ? Normalise::half : Normalise::line;
      }
    } catch (const nlohmann::json::exception& e) {
      throw std::runtime_error(
          std::string(where).append(spec.filename().string()).append(" cannot be used: ").append(e.what()));
    }
    // Beyond these no line model goes, and a form that asks for gigabytes is refused before they are asked for.
    const auto within = [](const std::vector<int>& sizes, int least, int most) {
      return std::all_of(sizes.begin(), sizes.end(), [=](int s) { return s >= least && s <= most; });
    };
    if ((form.channels != 1 && form.channels != 3) || !within(heights, 8, 256) || !within(widths, 0, 8192) ||
        !(form.margin >= 0 && form.margin <= 1))
      throw std::runtime_error(std::string(where)
                                   .append(spec.filename().string())
                                   .append(" cannot be used: channels are 1 or 3, height 8 to 256, width 0 (any) to "
                                           "8192, margin 0 to 1"));
  }
  std::string last;
  for (const int width : widths) {
    for (const int height : heights) {
      form.height = height;
      form.width = width;
      try {
        return make_ctc_reader(form, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
      } catch (const std::runtime_error& e) {
        last = e.what();
      }
    }
  }
  throw std::runtime_error(std::string(where).append(last));
}

}  // namespace kualik::ocr
