#pragma once
// A look at an ONNX model's tensors before OpenCV imports it: OpenCV 4.6 copies as many numbers as a tensor's sizes
// say, however few the file holds.

#include <string>
#include <string_view>

namespace kualik::ocr {

/// Why the model's tensors cannot be as the file says: a message that is cut short, or a tensor whose sizes ask for
/// more numbers than stand in it. Empty if they can. What else the model says is OpenCV's to judge. Cost: a walk over
/// the protocol buffer (onnx.proto: ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto); no number of a
/// tensor is read one by one but packed ones without a fixed width. Pure.
std::string fault_of_tensors(std::string_view onnx);

}  // namespace kualik::ocr
