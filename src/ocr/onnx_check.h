#pragma once
// A look at an ONNX model's tensors and numbers before OpenCV imports it: OpenCV 4.6 copies as many numbers as a
// tensor's sizes say, however few the file holds, takes paddings and axes for sizes of what it asks memory for, and
// looks into the shape of a weight that nothing gives.

#include <string>
#include <string_view>

namespace kualik::ocr {

/// Why the model cannot be as the file says: a message that is cut short, or a tensor whose sizes ask for
/// more numbers than stand in it, an attribute beyond 65,536, a shape or padding (up to 64 numbers of type int64)
/// beyond 1,048,576, the marks of a slice's open end apart. Empty if they can. What else the model says is OpenCV's to
/// judge. Cost: a walk over the protocol buffer (onnx.proto: ModelProto, GraphProto, NodeProto, AttributeProto,
/// TensorProto); no number of a tensor is read one by one but packed ones without a fixed width. Pure.
std::string fault_of_model(std::string_view onnx);

}  // namespace kualik::ocr
