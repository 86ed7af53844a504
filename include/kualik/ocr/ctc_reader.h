#pragma once
// Line readers that are CTC nets in ONNX, run by OpenCV's dnn: the ones compiled into kualik, and any other from a
// folder.
//
//   auto reader = load_ctc_reader("ppocr", "/models/ppocr");   // holds one *.onnx and its character list *.txt
//   LineReading r = reader->read(line);                         // r.log_probs: the whole posterior matrix
//
// A folder holds one *.onnx, one *.txt with a character a line (class 1 first; class 0 is the blank; a class more than
// the list has is the space), and may hold one *.json with the keys of data/models/*.json: "input": {"channels",
// "height", "width", "normalise": "line" or "half"}, "margin", "script", "sha256": that of the model, or
// {"model.onnx": "64 hex digits", "list.txt": ...}. Without it the form of the PP-OCR family is taken: 3 channels,
// height 48 or 32, (x / 255 - 0.5) / 0.5.
//
// A model is a program that OpenCV runs. Load those whose origin you know, as with any plug-in, and name their SHA-256:
// a bit lost in a model's weights gives other letters and no message, one lost in its layers may ask for gigabytes or
// end the process inside OpenCV. A file that is not the one named is refused before any of that.

#include <memory>
#include <string>

#include "kualik/ocr/recognizer.h"

namespace kualik::ocr {

/// Loads a plug-in reader; it will be called "plugin:" + name. Throws std::runtime_error naming the folder and what is
/// missing or does not fit (no model, no list, a list whose length is not the net's number of classes, another file
/// than the SHA-256 says, a model OpenCV cannot import). Cost: 0.05-0.5 s.
std::unique_ptr<Recognizer> load_ctc_reader(const std::string& name, const std::string& folder);

}  // namespace kualik::ocr
