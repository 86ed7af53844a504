#include "kualik/ocr/recognizers.h"

#include <tesseract/baseapi.h>

#include <map>
#include <stdexcept>
#include <utility>

#include "kualik/ocr/ctc_reader.h"
#include "ocr/ctc_net.h"
#include "ocr/tesseract_reader.h"

namespace kualik::ocr {
namespace {

// For digits the whitelist keeps letters out; its price (a symbol dropped rather than steered) is paid back by the
// other readers' votes.
TesseractSetup stock_setup(Alphabet alphabet, const std::string& tessdata) {
  TesseractSetup setup;
  setup.tessdata = tessdata;
  switch (alphabet) {
    case Alphabet::digits:
      setup.language = "eng";
      setup.whitelist = "0123456789X.-";
      break;
    case Alphabet::mrz:
      setup.language = "eng";
      setup.whitelist = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";
      break;
    case Alphabet::han:
      setup.language = "chi_sim";
      setup.find_dots = true;
      break;
    case Alphabet::hant:
      setup.language = "chi_tra";
      setup.find_dots = true;
      break;
    case Alphabet::cyrillic:
      setup.language = "kaz+rus";
      break;
    case Alphabet::latin:
      setup.language = "eng";
      break;
    case Alphabet::arabic:
      setup.language = "uig";
      break;
  }
  return setup;
}

// Which of the compiled-in models read an alphabet, and whether they go before the stock engine there. Measured on
// rendered cards from 1000 down to 190 px of width: the digits' model reads every number, the stock engine 7 of 12 at
// 190 px. On clean Cyrillic the stock engine is ahead.
struct OwnChoice {
  std::string_view model;
  bool first;
};
OwnChoice own_choice(Alphabet alphabet) {
  switch (alphabet) {
    case Alphabet::digits:
    case Alphabet::mrz:
      return {"kualik:digits_mrz", true};
    case Alphabet::han:
      return {"kualik:han", true};
    case Alphabet::cyrillic:
      return {"kualik:cyrillic", false};
    default:
      return {"", false};
  }
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> list;
  while (true) {
    const std::size_t end = text.find('\n');
    list.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return list;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

struct Recognizers::Impl {
  RecognizerOptions options;
  std::map<Alphabet, std::unique_ptr<Recognizer>> stock;
  std::map<std::string, std::unique_ptr<Recognizer>, std::less<>> own;
  std::vector<std::unique_ptr<Recognizer>> plugins;
  bool plugins_loaded{false};

  Recognizer* own_reader(std::string_view name) {
    if (!options.own_models || name.empty()) return nullptr;
    if (const auto at = own.find(name); at != own.end()) return at->second.get();
    for (const EmbeddedModel& model : embedded_models()) {
      if (name != model.name) continue;
      CtcForm form;
      form.name = model.name;
      form.script = model.script;
      form.symbols = split_lines(model.symbols);
      form.channels = model.channels;
      form.height = model.height;
      form.margin = model.margin;
      return own.emplace(form.name, make_ctc_reader(form, model.data, model.size)).first->second.get();
    }
    return nullptr;
  }

  void load_plugins() {
    if (plugins_loaded) return;
    for (const std::string& plugin : options.plugins) {
      const std::size_t equals = plugin.find('=');
      if (equals == 0 || equals == std::string::npos || equals + 1 == plugin.size())
        throw std::runtime_error(
            std::string("a plug-in reader is given as name=DIR, not '").append(plugin).append("'"));
      plugins.push_back(load_ctc_reader(plugin.substr(0, equals), plugin.substr(equals + 1)));
    }
    plugins_loaded = true;
  }
};

Recognizers::Recognizers(RecognizerOptions options) : impl_(std::make_unique<Impl>()) {
  impl_->options = std::move(options);
}
Recognizers::~Recognizers() = default;
Recognizers::Recognizers(Recognizers&&) noexcept = default;
Recognizers& Recognizers::operator=(Recognizers&&) noexcept = default;

Recognizer& Recognizers::stock(Alphabet alphabet) {
  std::unique_ptr<Recognizer>& reader = impl_->stock[alphabet];
  if (!reader) reader = make_tesseract_reader(stock_setup(alphabet, impl_->options.tessdata));
  return *reader;
}

std::vector<Recognizer*> Recognizers::readers(Alphabet alphabet) {
  std::vector<Recognizer*> list;
  const OwnChoice choice = own_choice(alphabet);
  Recognizer* own = impl_->own_reader(choice.model);
  if (own != nullptr && choice.first) list.push_back(own);
  if (impl_->options.stock) list.push_back(&stock(alphabet));
  if (own != nullptr && !choice.first) list.push_back(own);
  if (alphabet == Alphabet::han) {
    impl_->load_plugins();
    for (const auto& plugin : impl_->plugins) list.push_back(plugin.get());
  }
  return list;
}

Recognizer& Recognizers::best(Alphabet alphabet) {
  const std::vector<Recognizer*> list = readers(alphabet);
  if (list.empty())
    throw std::runtime_error("no line reader for the alphabet '" + std::string(ocr::name(alphabet)) +
                             "': allow the stock engine or give a plug-in reader");
  return *list.front();
}

std::string Recognizers::tesseract_version() { return tesseract::TessBaseAPI::Version(); }

std::vector<ModelInfo> Recognizers::models() const {
  std::vector<ModelInfo> list;
  for (const EmbeddedModel& model : embedded_models())
    if (impl_->own.contains(std::string_view(model.name))) list.push_back({model.name, model.data, model.size});
  return list;
}

}  // namespace kualik::ocr
