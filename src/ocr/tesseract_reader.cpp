#include "ocr/tesseract_reader.h"

#include <dlfcn.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <opencv2/imgproc.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "ocr/middle_dot.h"
#include "page/mat.h"

namespace kualik::ocr {
namespace {

// Tesseract opens a parallel region of four threads for every small matrix product, which costs more than it gives on
// lines (160 ms against 27 ms a line on two cores) and is read from OMP_THREAD_LIMIT only before main(). The same is
// had at run time: with no active level allowed, the regions run on the calling thread. The setting belongs to the
// calling thread and is put back. Looked up by name because which OpenMP library is in the process is Tesseract's
// choice, not ours.
class SingleThreaded {
 public:
  SingleThreaded() {
    static const auto get = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "omp_get_max_active_levels"));
    static const auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "omp_set_max_active_levels"));
    if (get == nullptr || set == nullptr) return;
    set_ = set;
    before_ = get();
    set_(0);
  }
  ~SingleThreaded() {
    if (set_ != nullptr) set_(before_);
  }
  SingleThreaded(const SingleThreaded&) = delete;
  SingleThreaded& operator=(const SingleThreaded&) = delete;

 private:
  void (*set_)(int) = nullptr;
  int before_ = 1;
};

std::string debian_package(std::string language) {
  std::replace(language.begin(), language.end(), '_', '-');
  return std::string("tesseract-ocr-").append(language);
}

// The folder that holds the data of every part of `language`; empty if there is none. Asked before the engine is,
// because the engine prints what it misses.
std::string data_folder(const std::string& given, const std::string& language) {
  std::vector<std::string> folders;
  if (!given.empty()) {
    folders.push_back(given);
  } else {
    if (const char* prefix = std::getenv("TESSDATA_PREFIX")) folders.emplace_back(prefix);
    for (const char* usual : {"/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata",
                              "/usr/share/tessdata", "/usr/local/share/tessdata"})
      folders.emplace_back(usual);
  }
  for (const std::string& folder : folders) {
    bool all = true;
    for (std::size_t at = 0; at <= language.size();) {
      const std::size_t end = std::min(language.find('+', at), language.size());
      std::error_code ignored;
      const auto file = std::filesystem::path(folder) / language.substr(at, end - at).append(".traineddata");
      all = all && std::filesystem::exists(file, ignored);
      at = end + 1;
    }
    if (all) return folder;
  }
  return {};
}

// The library's confidence is 100 + 35 ln p of the symbol's weakest step, cut to 0..100.
float probability(float confidence) { return std::exp((std::clamp(confidence, 0.0F, 100.0F) - 100.0F) / 35.0F); }

void sort_best_first(std::vector<SymbolAlternative>& alternatives) {
  std::stable_sort(alternatives.begin(), alternatives.end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
}

// Alternatives from the per-step probabilities: for each symbol the most any of its steps gave it. Right for languages
// whose net gives symbols directly (eng, rus, kaz); chi_sim's net gives parts of codes, whose names in this list mean
// nothing.
std::vector<SymbolAlternative> alternatives_from_steps(tesseract::ChoiceIterator& choices, const std::string& read,
                                                       float p) {
  std::map<std::string, float> most;
  if (const auto* steps = choices.Timesteps())
    for (const auto& step : *steps)
      for (const auto& [text, value] : step)
        if (text != nullptr && *text != '\0' && *text != ' ') most[text] = std::max(most[text], value);
  most.erase(read);
  std::vector<SymbolAlternative> list{{read, p}};
  const float room = 1.0F - p;
  float others = 0;
  for (const auto& [text, value] : most) others += value;
  for (const auto& [text, value] : most)
    list.push_back({text, std::min(value, others > 0 ? room * value / others : 0.0F)});
  sort_best_first(list);
  if (list.size() > 6) list.resize(6);
  return list;
}

// Alternatives by rank alone: their order carries what the net thought, their printed confidences do not (they come out
// as 0), so what the first choice leaves is halved from rank to rank.
std::vector<SymbolAlternative> alternatives_by_rank(tesseract::ChoiceIterator& choices, const std::string& read,
                                                    float p) {
  std::vector<SymbolAlternative> list{{read, p}};
  float room = (1.0F - p) * 0.5F;
  do {
    const char* text = choices.GetUTF8Text();
    if (text == nullptr || read == text) continue;
    list.push_back({text, room});
    room *= 0.5F;
  } while (list.size() < 6 && choices.Next());
  return list;
}

bool is_latin_alphabet(const std::string& language) { return language.find("chi") == std::string::npos; }

std::string script_of(const std::string& language) {
  if (language.find("chi_sim") != std::string::npos) return "Hans";
  if (language.find("chi_tra") != std::string::npos) return "Hant";
  if (language.find("kaz") != std::string::npos || language.find("rus") != std::string::npos) return "Cyrl";
  if (language.find("uig") != std::string::npos || language.find("ara") != std::string::npos) return "Arab";
  return "Latn";
}

class TesseractReader final : public Recognizer, public BlockReader {
 public:
  explicit TesseractReader(const TesseractSetup& setup)
      : setup_(setup), name_(std::string("tesseract:").append(setup.language)), script_(script_of(setup.language)) {
    const SingleThreaded guard;
    // The dictionaries pull names towards words; texts here are names, numbers and places.
    const std::vector<std::string> keys{"debug_file", "load_system_dawg", "load_freq_dawg"};
    const std::vector<std::string> values{"/dev/null", "0", "0"};
    const std::string folder = data_folder(setup.tessdata, setup.language);
    if (folder.empty() || api_.Init(folder.c_str(), setup.language.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, &keys,
                                    &values, false) != 0) {
      std::string message = "Tesseract has no language data for '";
      message.append(setup.language).append("'");
      if (!setup.tessdata.empty()) message.append(" in ").append(setup.tessdata);
      message.append(": install the Debian package(s)");
      for (std::size_t at = 0; at <= setup.language.size();) {
        const std::size_t end = std::min(setup.language.find('+', at), setup.language.size());
        message.append(" ").append(debian_package(setup.language.substr(at, end - at)));
        at = end + 1;
      }
      message.append(", or set the folder of the data");
      throw std::runtime_error(message);
    }
    api_.SetVariable("lstm_choice_mode", "1");
    api_.SetVariable("tessedit_do_invert", "0");
    if (!setup.whitelist.empty()) api_.SetVariable("tessedit_char_whitelist", setup.whitelist.c_str());
  }

  const std::string& name() const noexcept override { return name_; }

  LineReading read(const ImageView& view) override {
    LineReading reading;
    reading.line.reader = name_;
    reading.line.script = script_;
    reading.line.confidence = 0;
    if (view.empty()) return reading;
    reading.line.quad = Quad::from_rect({0, 0, static_cast<double>(view.width), static_cast<double>(view.height)});

    cv::Mat line = grey(page::as_mat(view));
    // The nets work at a height of 36 or 48 px; below that the layout step loses small lines, above it nothing is
    // gained.
    const double scale = std::clamp(56.0 / line.rows, 0.25, 8.0);
    if (scale > 1.15 || scale < 0.5)
      cv::resize(line, line, {}, scale, scale, scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
    const double factor = static_cast<double>(line.cols) / view.width;
    constexpr int border = 12;
    cv::copyMakeBorder(line, line, border, border, border, border, cv::BORDER_CONSTANT, cv::Scalar(ground(line)));

    // The layout step finds no line in one glyph.
    const bool single = view.width < 1.9 * view.height;
    std::vector<TextLine> lines = recognise(line, single ? tesseract::PSM_SINGLE_CHAR : tesseract::PSM_SINGLE_LINE);
    if (lines.empty() && !single) lines = recognise(line, tesseract::PSM_RAW_LINE);
    for (TextLine& part : lines) {  // One line was asked for; what the layout step split is joined again.
      for (Symbol& s : part.symbols) {
        s.box = {(s.box.x - border) / factor, (s.box.y - border) / factor, s.box.width / factor, s.box.height / factor};
        reading.line.symbols.push_back(std::move(s));
      }
    }
    if (setup_.find_dots) insert_middle_dots(page::as_mat(view), reading.line);
    finish(reading.line);
    return reading;
  }

  std::vector<TextLine> read_block(const ImageView& view) override {
    if (view.empty()) return {};
    std::vector<TextLine> lines = recognise(grey(page::as_mat(view)), tesseract::PSM_SINGLE_BLOCK);
    for (TextLine& line : lines) finish(line);
    return lines;
  }

 private:
  static cv::Mat grey(const cv::Mat& image) {
    cv::Mat out;
    if (image.channels() == 1) {
      image.copyTo(out);
    } else {
      cv::cvtColor(image, out, image.channels() == 4 ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
    }
    return out;
  }

  // The grey of the ground: the brightest quarter's lower end, so that the border is no edge.
  static double ground(const cv::Mat& image) {
    std::vector<unsigned char> values;
    values.reserve(static_cast<std::size_t>(image.total()));
    for (int y = 0; y < image.rows; ++y) values.insert(values.end(), image.ptr(y), image.ptr(y) + image.cols);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 3 / 4);
    std::nth_element(values.begin(), at, values.end());
    return *at;
  }

  std::vector<TextLine> recognise(const cv::Mat& image, tesseract::PageSegMode mode) {
    const SingleThreaded guard;
    api_.SetPageSegMode(mode);
    api_.SetImage(image.data, image.cols, image.rows, 1, static_cast<int>(image.step[0]));
    api_.SetSourceResolution(300);
    std::vector<TextLine> lines;
    if (api_.Recognize(nullptr) != 0) return lines;
    const std::unique_ptr<tesseract::ResultIterator> it(api_.GetIterator());
    if (!it) return lines;
    const bool direct = is_latin_alphabet(setup_.language);
    do {
      if (it->Empty(tesseract::RIL_SYMBOL)) continue;
      if (lines.empty() || it->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) lines.emplace_back();
      TextLine& line = lines.back();
      if (direct && !line.symbols.empty() && it->IsAtBeginningOf(tesseract::RIL_WORD)) {
        Symbol space;
        space.text = " ";
        space.box = line.symbols.back().box;
        space.box.x += space.box.width;
        space.box.width = 0;
        line.symbols.push_back(std::move(space));
      }
      const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_SYMBOL));
      if (!text || text[0] == '\0') continue;
      Symbol symbol;
      symbol.text = text.get();
      symbol.probability = probability(it->Confidence(tesseract::RIL_SYMBOL));
      int left = 0, top = 0, right = 0, bottom = 0;
      it->BoundingBox(tesseract::RIL_SYMBOL, &left, &top, &right, &bottom);
      symbol.box = {static_cast<double>(left), static_cast<double>(top), static_cast<double>(right - left),
                    static_cast<double>(bottom - top)};
      tesseract::ChoiceIterator choices(*it);
      symbol.alternatives = direct ? alternatives_from_steps(choices, symbol.text, symbol.probability)
                                   : alternatives_by_rank(choices, symbol.text, symbol.probability);
      line.symbols.push_back(std::move(symbol));
    } while (it->Next(tesseract::RIL_SYMBOL));
    api_.Clear();
    return lines;
  }

  void finish(TextLine& line) const {
    line.text.clear();
    double logs = 0;
    int counted = 0;
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (const Symbol& s : line.symbols) {
      line.text += s.text;
      if (s.text == " ") continue;
      logs += std::log(std::max(s.probability, 1e-6F));
      ++counted;
      left = std::min(left, s.box.x);
      top = std::min(top, s.box.y);
      right = std::max(right, s.box.x + s.box.width);
      bottom = std::max(bottom, s.box.y + s.box.height);
    }
    line.confidence = counted == 0 ? 0.0F : static_cast<float>(std::exp(logs / counted));
    line.reader = name_;
    line.script = script_;
    if (counted != 0 && line.quad == Quad{}) line.quad = Quad::from_rect({left, top, right - left, bottom - top});
  }

  TesseractSetup setup_;
  std::string name_;
  std::string script_;
  tesseract::TessBaseAPI api_;
};

}  // namespace

std::unique_ptr<Recognizer> make_tesseract_reader(const TesseractSetup& setup) {
  return std::make_unique<TesseractReader>(setup);
}

BlockReader* as_block_reader(Recognizer& recognizer) noexcept { return dynamic_cast<TesseractReader*>(&recognizer); }

}  // namespace kualik::ocr
