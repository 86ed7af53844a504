#include "ocr/ctc_net.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <new>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>
#include <utility>

#include "kualik/core/one_line.h"
#include "ocr/ctc_decode.h"
#include "page/mat.h"

namespace kualik::ocr {
namespace {

// What OpenCV has to say about a model that does not fit is told by the exception; nothing is printed meanwhile.
class Silence {
 public:
  Silence() : before_(cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT)) {}
  ~Silence() { cv::utils::logging::setLogLevel(before_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  cv::utils::logging::LogLevel before_;
};

class CtcLineReader final : public Recognizer {
 public:
  CtcLineReader(CtcForm form, const unsigned char* onnx, std::size_t size)
      : form_(std::move(form)), model_(onnx, onnx + size) {
    const Silence guard;
    try {
      (void)net_for(form_.width > 0 ? form_.width : bucket(form_.height * 4));
    } catch (const cv::Exception& e) {
      throw std::runtime_error(std::string("OpenCV cannot import the model: ").append(in_one_line(e.err)));
    } catch (const std::bad_alloc&) {
      throw std::runtime_error("the model asks for more memory than there is");
    } catch (const std::exception& e) {  // What protocol buffers and containers throw.
      throw std::runtime_error(std::string("OpenCV cannot import the model: ").append(in_one_line(e.what())));
    }
    // A trial run tells whether the form fits before any line is lost to it.
    const cv::Mat blank(form_.height, form_.height * 4, form_.channels == 1 ? CV_8UC1 : CV_8UC3, cv::Scalar::all(200));
    LineReading trial;
    try {
      run(blank, trial);
    } catch (const cv::Exception& e) {
      throw std::runtime_error(std::string("the model does not take this input: ").append(in_one_line(e.err)));
    } catch (const std::bad_alloc&) {
      throw std::runtime_error("the model asks for more memory than there is");
    } catch (const std::runtime_error&) {  // Of run() itself.
      throw;
    } catch (const std::exception& e) {  // What protocol buffers and containers throw.
      throw std::runtime_error(std::string("the model does not take this input: ").append(in_one_line(e.what())));
    }
    const int listed = static_cast<int>(form_.symbols.size()) + 1;
    if (trial.classes == listed + 1) {
      form_.symbols.emplace_back(" ");
    } else if (trial.classes != listed) {
      throw std::runtime_error(std::string("the character list has ")
                                   .append(std::to_string(listed - 1))
                                   .append(" symbols, the model ")
                                   .append(std::to_string(trial.classes - 1))
                                   .append(" classes besides the blank"));
    }
  }

  const std::string& name() const noexcept override { return form_.name; }
  double margin() const noexcept override { return form_.margin; }
  bool reads_picture() const noexcept override { return true; }

  LineReading read(const ImageView& view) override {
    LineReading reading;
    reading.line.reader = form_.name;
    reading.line.script = form_.script;
    reading.line.confidence = 0;
    reading.alphabet = &form_.symbols;
    if (view.width < 4 || view.height < 4) return reading;
    reading.line.quad = Quad::from_rect({0, 0, static_cast<double>(view.width), static_cast<double>(view.height)});
    cv::Mat line = form_.channels == 1 ? page::as_grey(view) : page::as_bgr(view);
    const double scale = static_cast<double>(form_.height) / line.rows;
    const int limit = form_.width > 0 ? form_.width : 4096;
    const int width = std::clamp(static_cast<int>(std::lround(line.cols * scale)), 8, limit);
    cv::resize(line, line, cv::Size(width, form_.height), 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    run(line, reading);
    // Steps over the padding hold nothing.
    const double step = reading.step_width;
    const int used = std::clamp(static_cast<int>(std::ceil(width / step)), 1, reading.steps);
    reading.steps = used;
    reading.log_probs.resize(static_cast<std::size_t>(used) * static_cast<std::size_t>(reading.classes));
    reading.step_width = step * view.width / width;
    decode(reading, view.width, view.height);
    reading.line.lattice = lattice_of(reading);
    return reading;
  }

 private:
  // A net that is given another width fuses its layers and lays out its buffers anew, which costs as much as the line
  // itself. Widths come in buckets, and the nets of those last used are kept: some 40 MB each of the Chinese one.
  struct Sized {
    int width{0};
    std::uint64_t used{0};
    cv::dnn::Net net;
  };
  static constexpr std::size_t most_nets = 5;

  static int bucket(int width) {
    const int step = width <= 128 ? 64 : width <= 512 ? 128 : 256;
    return std::max(64, (width + step - 1) / step * step);
  }

  cv::dnn::Net& net_for(int width) {
    ++clock_;
    const auto same = std::find_if(nets_.begin(), nets_.end(), [width](const Sized& s) { return s.width == width; });
    if (same != nets_.end()) {
      same->used = clock_;
      return same->net;
    }
    if (nets_.size() < most_nets) {
      Sized fresh;
      fresh.net = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(model_.data()), model_.size());
      fresh.net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
      fresh.net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
      nets_.push_back(std::move(fresh));
    } else {
      std::iter_swap(nets_.end() - 1, std::min_element(nets_.begin(), nets_.end(),
                                                       [](const Sized& a, const Sized& b) { return a.used < b.used; }));
    }
    nets_.back().width = width;
    nets_.back().used = clock_;
    return nets_.back().net;
  }

  void run(const cv::Mat& line, LineReading& reading) {
    const int width = form_.width > 0 ? form_.width : bucket(line.cols);
    cv::Mat values;
    if (form_.normalise == Normalise::line) {
      cv::Scalar mean, deviation;
      cv::meanStdDev(line, mean, deviation);
      const double sigma = std::max(deviation[0], 4.0);
      line.convertTo(values, CV_32F, 1.0 / sigma, -mean[0] / sigma);
    } else {
      line.convertTo(values, CV_32F, 2.0 / 255.0, -1.0);
    }
    cv::copyMakeBorder(values, values, 0, 0, 0, std::max(0, width - line.cols), cv::BORDER_CONSTANT,
                       cv::Scalar::all(0));
    cv::dnn::Net& net = net_for(width);
    net.setInput(cv::dnn::blobFromImage(values));
    const cv::Mat out = net.forward();
    // N C 1 T as convolutions give it, or N T C as recurrent and attention heads do.
    const bool by_class = out.dims == 4;
    const int steps = by_class ? out.size[3] : out.dims == 3 ? out.size[1] : out.rows;
    const int classes = by_class ? out.size[1] : out.dims == 3 ? out.size[2] : out.cols;
    if (out.type() != CV_32F || steps < 1 || classes < 1 ||
        out.total() != static_cast<std::size_t>(steps) * static_cast<std::size_t>(classes))
      throw std::runtime_error("the model gives no matrix of steps and classes");
    const cv::Mat flat(by_class ? classes : steps, by_class ? steps : classes, CV_32F, const_cast<uchar*>(out.ptr()));
    reading.steps = steps;
    reading.classes = classes;
    reading.step_width = static_cast<double>(width) / steps;
    reading.log_probs.resize(static_cast<std::size_t>(steps) * static_cast<std::size_t>(classes));
    for (int t = 0; t < steps; ++t) {
      float* row = reading.log_probs.data() + static_cast<std::ptrdiff_t>(t) * classes;
      float most = -1e30F, least = 1e30F, total = 0;
      for (int k = 0; k < classes; ++k) {
        row[k] = by_class ? flat.at<float>(k, t) : flat.at<float>(t, k);
        most = std::max(most, row[k]);
        least = std::min(least, row[k]);
        total += row[k];
      }
      if (least >= 0 && std::abs(total - 1) < 0.01F) {  // Probabilities already.
        for (int k = 0; k < classes; ++k) row[k] = std::log(std::max(row[k], 1e-12F));
        continue;
      }
      double sum = 0;
      for (int k = 0; k < classes; ++k) sum += std::exp(static_cast<double>(row[k] - most));
      const auto shift = static_cast<float>(most + std::log(sum));
      for (int k = 0; k < classes; ++k) row[k] -= shift;
    }
  }

  CtcForm form_;
  std::vector<unsigned char> model_;
  std::vector<Sized> nets_;
  std::uint64_t clock_{0};
};

}  // namespace

std::unique_ptr<Recognizer> make_ctc_reader(CtcForm form, const unsigned char* onnx, std::size_t size) {
  return std::make_unique<CtcLineReader>(std::move(form), onnx, size);
}

}  // namespace kualik::ocr
