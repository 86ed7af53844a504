#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "core/sha256.h"
#include "kualik/ocr/ctc_reader.h"
#include "ocr/ctc_net.h"
#include "ocr/onnx_check.h"

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

// Whether the files are those that the form names: a bit lost in a model's weights gives other letters, and no fault.
// One sum is the model's, as in data/models/*.json; an object has one for each name.
void check_sums(const nlohmann::json& sums, const std::string& model,
                const std::map<std::string, std::string_view>& files) {
  const auto check = [&files](const std::string& name, const nlohmann::json& told) {
    const auto file = files.find(name);
    if (file == files.end())
      throw std::runtime_error("it names the SHA-256 of a file that is not the model or the list");
    Sha256 sum;
    sum.add(file->second.data(), file->second.size());
    if (sum.hex() != told.get<std::string>())
      throw std::runtime_error(
          std::string("it names another SHA-256 for ").append(name).append(": damaged, or another version"));
  };
  if (sums.is_string()) return check(model, sums);
  for (const auto& [name, told] : sums.items()) check(name, told);
}

// A number of the form. What is no whole number is not made one: beyond an int that is undefined (found by
// plugin_fuzz).
int whole(const nlohmann::json& value) {
  if (!value.is_number_integer()) throw std::runtime_error("channels, height and width are whole numbers");
  return static_cast<int>(std::clamp<std::int64_t>(value.get<std::int64_t>(), -1, 1'000'000));
}

struct Forms {
  CtcForm form;
  std::vector<int> heights{48, 32};
  std::vector<int> widths{0, 320};  // Models exported for one width take no other.
};

// What *.json says; throws nlohmann::json::exception or std::runtime_error, neither with the file's name.
void read_spec(const nlohmann::json& json, Forms& forms) {
  CtcForm& form = forms.form;
  form.script = json.value("script", form.script);
  form.margin = json.value("margin", form.margin);
  if (json.contains("input")) {
    const nlohmann::json& input = json["input"];
    if (input.contains("channels")) form.channels = whole(input["channels"]);
    if (input.contains("height")) forms.heights = {whole(input["height"])};
    if (input.contains("width") && input["width"].is_number()) forms.widths = {whole(input["width"])};
    const std::string normalise = input.value("normalise", std::string("half"));
    form.normalise = normalise == "half" ? Normalise::half : Normalise::line;
  }
  // Beyond these no line model goes, and a form that asks for gigabytes is refused before they are asked for.
  const auto within = [](const std::vector<int>& sizes, int least, int most) {
    return std::all_of(sizes.begin(), sizes.end(), [=](int s) { return s >= least && s <= most; });
  };
  if ((form.channels != 1 && form.channels != 3) || !within(forms.heights, 8, 256) || !within(forms.widths, 0, 8192) ||
      !(form.margin >= 0 && form.margin <= 1))
    throw std::runtime_error("channels are 1 or 3, height 8 to 256, width 0 (any) to 8192, margin 0 to 1");
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
  const std::string letters = read_file(list);

  Forms forms;
  CtcForm& form = forms.form;
  form.name = std::string("plugin:").append(name);
  form.script = "Hans";
  form.symbols = symbols(letters);
  form.channels = 3;
  form.normalise = Normalise::half;
  if (!spec.empty()) {
    try {
      const nlohmann::json json = nlohmann::json::parse(read_file(spec));
      read_spec(json, forms);
      if (json.contains("sha256"))
        check_sums(json["sha256"], model.filename().string(),
                   {{model.filename().string(), bytes}, {list.filename().string(), letters}});
    } catch (const std::exception& e) {
      throw std::runtime_error(
          std::string(where).append(spec.filename().string()).append(" cannot be used: ").append(e.what()));
    }
  }
  if (const std::string fault = fault_of_model(bytes); !fault.empty())
    throw std::runtime_error(std::string(where).append("cannot import the model: ").append(fault));
  std::string last;
  for (const int width : forms.widths) {
    for (const int height : forms.heights) {
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
