#pragma once
// The set of line readers that one thread uses: stock engine, readers shipped with kualik, plug-ins. Engines are loaded
// when they are first asked for and kept.
//
//   Recognizers readers{{.tessdata = "", .plugins = {"ppocr=/models/ppocr"}}};
//   for (Recognizer* r : readers.readers(Alphabet::han)) readings.push_back(r->read(line));   // all may vote

#include <memory>
#include <string>
#include <vector>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// Which engines, and from where.
struct RecognizerOptions {
  std::string tessdata{};  ///< Folder of Tesseract's language data; empty: Tesseract's own (default: empty).
  /// `name=DIR`: folders holding one CTC line model in ONNX and its character list (ctc_reader.h says which names are
  /// looked for); they read Han lines beside the others (default: none).
  std::vector<std::string> plugins{};
  bool own_models{true};  ///< Use the readers compiled into kualik (default: true).
  bool stock{true};       ///< Use Tesseract (default: true).
};

/// A model in use: what it is called, and its bytes (for a hash), which stay valid while the Recognizers live.
struct ModelInfo {
  std::string name{};
  const unsigned char* data{nullptr};
  std::size_t size{0};
};

/// Readers of one thread. Construction is cheap; the first use of an alphabet loads its engines (0.05-0.2 s each).
/// Moving is fine, sharing is not. Set-up faults throw std::runtime_error that names what is missing and the Debian
/// package or file that cures it.
class Recognizers {
 public:
  explicit Recognizers(RecognizerOptions options = {});
  ~Recognizers();
  Recognizers(Recognizers&&) noexcept;
  Recognizers& operator=(Recognizers&&) noexcept;
  Recognizers(const Recognizers&) = delete;  ///< One set for each thread.
  Recognizers& operator=(const Recognizers&) = delete;

  /// All readers for an alphabet, the one that measured best first; never empty unless `stock` is off and no model
  /// reads it.
  std::vector<Recognizer*> readers(Alphabet alphabet);
  /// The first of `readers`; throws std::runtime_error if there is none.
  Recognizer& best(Alphabet alphabet);
  /// Tesseract for an alphabet, also where another reader is better.
  Recognizer& stock(Alphabet alphabet);

  /// Version of the Tesseract library that is linked, e.g. "5.3.0".
  static std::string tesseract_version();
  /// Models loaded so far.
  std::vector<ModelInfo> models() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kualik::ocr
