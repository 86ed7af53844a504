// Reader and parse: the GIL is released during work and taken again for progress and for Ctrl-C.

#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstring>

#include "kualik/desk/pictures.h"
#include "kualik/desk/transcript.h"
#include "kualik/reader/reader.h"
#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"

namespace py = pybind11;

namespace {

py::array_t<std::uint8_t> to_array(const kualik::Image& image) {
  std::vector<py::ssize_t> shape{image.height, image.width};
  if (image.channels > 1) shape.push_back(image.channels);
  py::array_t<std::uint8_t> out(shape);
  if (!image.pixels.empty()) std::memcpy(out.mutable_data(), image.pixels.data(), image.pixels.size());
  return out;
}

// What one file or image gave: lines of JSON, crops as (record, field, array), thumbnails.
py::list lines_of(const kualik::ScanResult& result) {
  py::list lines;
  for (const kualik::record::Record& r : result.records)
    lines.append(kualik::record::to_json({r, result.engine, {}, {}}));
  return lines;
}

py::tuple to_python(const kualik::ScanResult& result) {
  const py::list lines = lines_of(result);
  py::list crops;
  for (const kualik::FieldCrop& c : result.crops) crops.append(py::make_tuple(c.record, c.field, to_array(c.image)));
  py::list thumbnails;
  for (const kualik::Image& t : result.thumbnails) thumbnails.append(to_array(t));
  return py::make_tuple(lines, crops, thumbnails, result.warning);
}

std::string described(const py::array& array) {
  return "dtype " + py::str(py::object(array.dtype())).cast<std::string>() + " and shape " +
         py::str(py::object(array.attr("shape"))).cast<std::string>();
}

// A view of the array's own memory where its rows are packed pixels; any other stride is honoured by a packed copy in
// `copy`.
kualik::ImageView view_of(const py::array& array, std::int64_t most, kualik::Image& copy) {
  const bool flat = array.ndim() == 2;
  const bool fits = flat || (array.ndim() == 3 && (array.shape(2) == 1 || array.shape(2) == 3 || array.shape(2) == 4));
  if (!py::isinstance<py::array_t<std::uint8_t>>(array) || !fits)
    throw py::type_error(
        "an image is an array of dtype uint8 and shape (height, width) or (height, width, 1, 3 or 4), not " +
        described(array));
  const auto height = array.shape(0);
  const auto width = array.shape(1);
  const auto channels = flat ? py::ssize_t{1} : array.shape(2);
  if (height == 0 || width == 0 || height > 1'000'000 || width > 1'000'000)
    throw py::value_error("an image of " + described(array) + " cannot be read");
  // Before anything is copied: an array whose strides are zero may be of any size and take no memory.
  if (height * width > most)
    throw kualik::InputError("an image of " + described(array) + " has more than " + std::to_string(most) +
                             " pixels (max_pixels)");
  const bool packed =
      (channels == 1 || array.strides(2) == 1) && array.strides(1) == channels && array.strides(0) >= width * channels;
  const auto* data = static_cast<const std::uint8_t*>(array.data());
  if (packed)
    return {data, static_cast<int>(width), static_cast<int>(height), static_cast<int>(channels),
            static_cast<std::size_t>(array.strides(0))};
  copy.width = static_cast<int>(width);
  copy.height = static_cast<int>(height);
  copy.channels = static_cast<int>(channels);
  copy.pixels.reserve(static_cast<std::size_t>(width * height * channels));
  for (py::ssize_t y = 0; y < height; ++y)
    for (py::ssize_t x = 0; x < width; ++x)
      for (py::ssize_t c = 0; c < channels; ++c)
        copy.pixels.push_back(data[y * array.strides(0) + x * array.strides(1) + (flat ? 0 : c * array.strides(2))]);
  return copy.view();
}

class PyReader {
 public:
  PyReader(int threads, bool crops, std::string today, std::string tessdata, std::vector<std::string> readers,
           double max_duration_s, std::int64_t max_pixels) {
    if (threads < 1 || threads > 256) throw py::value_error("threads must be 1 to 256");
    kualik::ReaderOptions options;
    options.threads = threads;
    options.keep_crops = crops;
    options.today = std::move(today);
    options.tessdata = std::move(tessdata);
    options.plugin_readers = std::move(readers);
    options.max_duration_s = max_duration_s;
    options.max_pixels = max_pixels;
    max_pixels_ = max_pixels;
    const py::gil_scoped_release release;  // safe: loading engines touches no Python object
    reader_.emplace(std::move(options));
  }

  py::tuple file(const std::string& path, const py::object& progress) { return to_python(read(path, progress)); }

  // Lines of JSON, the pictures that they name as (path, bytes), and the warning: plain values that travel between
  // processes.
  py::tuple pack(const std::string& path, const py::object& progress) {
    kualik::ScanResult result = read(path, progress);
    std::vector<kualik::record::Picture> pictures;
    {
      const py::gil_scoped_release release;  // safe: encoding touches no Python object
      pictures = kualik::desk::name_pictures(result, result.source.name + ".d");
    }
    py::list files;
    for (const kualik::record::Picture& p : pictures) files.append(py::make_tuple(p.path, py::bytes(p.bytes)));
    return py::make_tuple(lines_of(result), files, result.warning);
  }

  kualik::ScanResult read(const std::string& path, const py::object& progress) {
    const InUse use(*this);
    kualik::ScanResult result;
    std::exception_ptr fault;  // A Python exception must not fly through the reader's threads.
    const auto step = [&](double share, double position_s) {
      const py::gil_scoped_acquire acquire;
      try {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (!progress.is_none()) progress(share, position_s);
        return true;
      } catch (...) {
        if (!fault) fault = std::current_exception();
        return false;
      }
    };
    try {
      const py::gil_scoped_release release;  // safe: `progress` is called with the GIL taken again
      result = reader_->read_file(path, step);
    } catch (const kualik::InputError& error) {
      throw kualik::InputError(path + ": " + error.what());
    }
    if (fault) std::rethrow_exception(fault);
    return result;
  }

  py::tuple image(const py::array& array, const std::string& name) {
    const InUse use(*this);
    kualik::Image copy;
    const kualik::ImageView view = view_of(array, max_pixels_, copy);
    kualik::record::Source source;
    source.name = name;
    kualik::ScanResult result;
    {
      const py::gil_scoped_release release;  // safe: `array` is held by the caller for the whole call
      result = reader_->read_image(view, source);
    }
    return to_python(result);
  }

 private:
  // A second thread gets an error by name rather than a race. Held with the GIL, so a plain flag is enough.
  struct InUse {
    PyReader& reader;
    explicit InUse(PyReader& r) : reader(r) {
      if (reader.busy_)
        throw std::runtime_error("this Reader is in use by another thread; make one Reader for each thread");
      reader.busy_ = true;
    }
    ~InUse() { reader.busy_ = false; }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;
  };
  std::optional<kualik::Reader> reader_;
  bool busy_ = false;
  std::int64_t max_pixels_ = 0;
};

}  // namespace

void register_reader(py::module_& m) {
  py::register_exception<kualik::InputError>(m, "InputError", PyExc_ValueError);
  py::class_<PyReader>(m, "Reader", "Engines loaded once; lines of JSON out.")
      .def(py::init<int, bool, std::string, std::string, std::vector<std::string>, double, std::int64_t>(),
           py::arg("threads") = 1, py::arg("crops") = false, py::arg("today") = "", py::arg("tessdata") = "",
           py::arg("readers") = std::vector<std::string>{}, py::arg("max_duration_s") = 0.0,
           py::arg("max_pixels") = kualik::ReaderOptions{}.max_pixels)
      .def("file", &PyReader::file, py::arg("path"), py::arg("progress") = py::none())
      .def("pack", &PyReader::pack, py::arg("path"), py::arg("progress") = py::none())
      .def("image", &PyReader::image, py::arg("array"), py::arg("name") = "");
  m.def(
      "parse",
      [](const std::string& text, const std::string& name, const std::string& today) {
        std::vector<std::string> lines;
        const py::gil_scoped_release
            release;  // safe: strings were copied in, lines are turned into Python objects after
        kualik::record::Source source;
        source.name = name;
        source.size = text.size();
        source.sha256 = kualik::record::sha256(text);
        for (const kualik::record::Entry& e : kualik::desk::parse_transcript(text, source, today))
          lines.push_back(kualik::record::to_json(e));
        return lines;
      },
      py::arg("text"), py::arg("name") = "", py::arg("today") = "", "Lines of JSON for the documents in a text.");
}
