#include "kualik/ocr/recognizers.h"

#include <tesseract/baseapi.h>

#include <map>
#include <stdexcept>
#include <utility>

#include "ocr/tesseract_reader.h"

namespace kualik::ocr {
namespace {

// For digits the whitelist keeps letters out; its price (a symbol dropped rather than steered) is paid back by the other readers' votes.
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
    case Alphabet::cyrillic: setup.language = "kaz+rus"; break;
    case Alphabet::latin: setup.language = "eng"; break;
    case Alphabet::arabic: setup.language = "uig"; break;
  }
  return setup;
}

}  // namespace

struct Recognizers::Impl {
  RecognizerOptions options;
  std::map<Alphabet, std::unique_ptr<Recognizer>> stock;
};

Recognizers::Recognizers(RecognizerOptions options) : impl_(std::make_unique<Impl>()) { impl_->options = std::move(options); }
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
  if (impl_->options.stock) list.push_back(&stock(alphabet));
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

std::vector<ModelInfo> Recognizers::models() const { return {}; }

}  // namespace kualik::ocr
