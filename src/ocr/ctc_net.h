#pragma once
// A CTC line model and what its input looks like.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// How pixels become the net's input.
enum class Normalise : unsigned char {
  line,  ///< (grey - mean) / max(deviation, 4) over the line, padded with 0.
  half,  ///< (x / 255 - 0.5) / 0.5, padded with 0.
};

struct CtcForm {
  std::string name{};
  std::string script{};
  std::vector<std::string> symbols{};  ///< Class 1 first.
  int channels{1};
  int height{32};
  int width{0};  ///< Fixed width; 0: any multiple of 32.
  Normalise normalise{Normalise::line};
  double margin{0.08};
};

/// Makes a reader from a model in memory (copied by the importer). Throws std::runtime_error, message without the
/// model's origin.
std::unique_ptr<Recognizer> make_ctc_reader(CtcForm form, const unsigned char* onnx, std::size_t size);

/// One model compiled into the library.
struct EmbeddedModel {
  const char* name;
  const char* script;
  const char* symbols;  ///< Joined by '\n'.
  int channels;
  int height;
  double margin;
  const unsigned char* data;
  std::size_t size;
};
std::span<const EmbeddedModel> embedded_models() noexcept;

}  // namespace kualik::ocr
