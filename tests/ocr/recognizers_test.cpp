#include "kualik/ocr/recognizers.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

#include "kualik/ocr/ctc_reader.h"
#include "ocr/middle_dot.h"
#include "picture.h"

namespace kualik::ocr {
namespace {

namespace fs = std::filesystem;

const std::string data = std::string(KUALIK_TESTS_DIR) + "/ocr/data/";

TEST(Recognizers, MissingLanguageDataNamesThePackage) {
  Recognizers readers{{.tessdata = "/nonexistent"}};
  try {
    readers.stock(Alphabet::han);
    FAIL() << "no exception";
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("tesseract-ocr-chi-sim"), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("/nonexistent"), std::string::npos) << e.what();
  }
  try {
    readers.stock(Alphabet::cyrillic);
    FAIL() << "no exception";
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("tesseract-ocr-kaz tesseract-ocr-rus"), std::string::npos) << e.what();
  }
}

TEST(Recognizers, EveryDigitReaderReadsACleanNumber) {
  Recognizers readers;
  const cv::Mat line = picture("number.png");
  ASSERT_FALSE(readers.readers(Alphabet::digits).empty());
  for (Recognizer* reader : readers.readers(Alphabet::digits)) {
    const LineReading r = reader->read(page::as_view(line));
    EXPECT_EQ(r.line.text, "654199188706150027") << reader->name();
    EXPECT_EQ(r.line.reader, reader->name());
    EXPECT_GT(r.line.confidence, 0.6F);
    ASSERT_EQ(r.line.symbols.size(), 18U);
    for (std::size_t i = 0; i < 18; ++i) {
      const Symbol& s = r.line.symbols[i];
      ASSERT_FALSE(s.alternatives.empty());
      EXPECT_EQ(s.alternatives[0].text, s.text);
      // Even print: every box lies where its digit is, to a digit's width.
      EXPECT_NEAR((s.box.x + s.box.width / 2) / line.cols, (0.7 + static_cast<double>(i)) / 18.9, 0.055)
          << reader->name() << i;
    }
    if (r.steps > 0) {
      ASSERT_EQ(r.log_probs.size(), static_cast<std::size_t>(r.steps) * static_cast<std::size_t>(r.classes));
      for (int t = 0; t < r.steps; ++t) {
        double sum = 0;
        for (int k = 0; k < r.classes; ++k) sum += std::exp(r.at(t, k));
        ASSERT_NEAR(sum, 1, 1e-3);
      }
      EXPECT_EQ(r.alphabet->size() + 1, static_cast<std::size_t>(r.classes));
    }
  }
}

TEST(Recognizers, MiddleDotComesFromThePicture) {
  Recognizers readers;
  const cv::Mat line = picture("name.png");
  EXPECT_EQ(readers.stock(Alphabet::han).read(page::as_view(line)).line.text, "努尔兰·巴合提");
  EXPECT_EQ(find_middle_dots(line).x.size(), 1U);
  EXPECT_TRUE(find_middle_dots(picture("han.png")).x.empty());
  EXPECT_EQ(readers.stock(Alphabet::han).read(page::as_view(picture("han.png"))).line.text, "塔城市人民法院");
}

TEST(Recognizers, KazakhLetters) {
  Recognizers readers;
  EXPECT_EQ(readers.stock(Alphabet::cyrillic).read(page::as_view(picture("kazakh.png"))).line.text,
            "Қазақстан Республикасы");
}

TEST(Recognizers, NothingToReadIsNoError) {
  Recognizers readers;
  const cv::Mat blank(40, 300, CV_8U, cv::Scalar(230));
  const cv::Mat speck(3, 2, CV_8UC3, cv::Scalar::all(10));
  for (Recognizer* reader : readers.readers(Alphabet::digits)) {
    EXPECT_EQ(reader->read({}).line.text, "") << reader->name();
    EXPECT_EQ(reader->read(page::as_view(blank)).line.text, "") << reader->name();
    EXPECT_NO_THROW(reader->read(page::as_view(speck))) << reader->name();
  }
}

TEST(Recognizers, CropOfALargerPictureIsReadWithItsStride) {
  Recognizers readers;
  const cv::Mat line = picture("number.png");
  cv::Mat wide(line.rows + 40, line.cols + 60, line.type(), cv::Scalar::all(0));
  line.copyTo(wide(cv::Rect(30, 20, line.cols, line.rows)));
  const cv::Mat crop = wide(cv::Rect(30, 20, line.cols, line.rows));
  for (Recognizer* reader : readers.readers(Alphabet::digits))
    EXPECT_EQ(reader->read(page::as_view(crop)).line.text, "654199188706150027") << reader->name();
}

TEST(Recognizers, SetsOfTwoThreadsAgree) {
  const cv::Mat line = picture("han.png");
  std::string first, second;
  const auto work = [&](std::string& out) {
    Recognizers readers;
    for (Recognizer* reader : readers.readers(Alphabet::han)) out += reader->read(page::as_view(line)).line.text + "\n";
  };
  std::thread other(work, std::ref(first));
  work(second);
  other.join();
  EXPECT_EQ(first, second);
  EXPECT_NE(first, "");
}

TEST(PluginReader, ReadsAModelMadeElsewhere) {
  const auto reader = load_ctc_reader("bands", data + "tiny_ctc");
  EXPECT_EQ(reader->name(), "plugin:bands");
  cv::Mat line(48, 64, CV_8UC3, cv::Scalar::all(255));
  line(cv::Rect(8, 0, 8, 48)).setTo(cv::Scalar::all(0));
  line(cv::Rect(32, 0, 16, 48)).setTo(cv::Scalar::all(128));
  const LineReading r = reader->read(page::as_view(line));
  EXPECT_EQ(r.line.text, "ab");
  ASSERT_EQ(r.line.symbols.size(), 2U);
  EXPECT_NEAR(r.line.symbols[0].box.x + r.line.symbols[0].box.width / 2, 12, 14);
  EXPECT_GT(r.line.confidence, 0.8F);
  Recognizers with{{.plugins = {std::string("bands=").append(data).append("tiny_ctc")}}};
  EXPECT_EQ(with.readers(Alphabet::han).back()->name(), "plugin:bands");
}

TEST(PluginReader, FaultsAreNamed) {
  const auto message = [](const std::string& folder) {
    try {
      load_ctc_reader("x", folder);
    } catch (const std::runtime_error& e) {
      return std::string(e.what());
    }
    return std::string("no exception");
  };
  EXPECT_NE(message("/nonexistent").find("no such folder"), std::string::npos);
  const fs::path dir = fs::temp_directory_path() / "kualik_ocr_plugin_test";
  fs::remove_all(dir);
  fs::create_directories(dir);
  EXPECT_NE(message(dir.string()).find("no *.onnx"), std::string::npos);
  fs::copy_file(data + "tiny_ctc/bands.onnx", dir / "m.onnx");
  fs::copy_file(data + "tiny_ctc/bands.json", dir / "m.json");
  EXPECT_NE(message(dir.string()).find("character list"), std::string::npos);
  std::ofstream(dir / "m.txt") << "a\nb\nc\nd\n";
  EXPECT_NE(message(dir.string()).find("4 symbols"), std::string::npos) << message(dir.string());
  std::ofstream(dir / "m.txt") << "a\n";  // A class more than the list has is the space.
  EXPECT_EQ(message(dir.string()), "no exception");
  std::ofstream(dir / "m.json") << "{";
  EXPECT_NE(message(dir.string()).find("m.json cannot be used"), std::string::npos);
  for (const char* form : {R"({"input":{"height":2000000000}})", R"({"input":{"height":0}})",
                           R"({"input":{"height":-48}})", R"({"input":{"width":2000000000}})",
                           R"({"input":{"width":18446744073709551615}})", R"({"input":{"width":1e58}})",
                           R"({"input":{"height":48.5}})", R"({"input":{"channels":2}})", R"({"margin":1e300})"}) {
    std::ofstream(dir / "m.json") << form;
    EXPECT_NE(message(dir.string()).find("m.json cannot be used"), std::string::npos) << form;
  }
  // Sums of the two files (sha256sum), as they are and with a bit turned over in the last byte of the model.
  const std::string model = "155a2a91ee24607a70621439f335bc367548afe6113fd875356ce4caaeb1f55e";
  const std::string list = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7";
  const auto named = [&](const std::string& onnx, const std::string& txt) {
    std::ofstream(dir / "m.json") << R"({"script":"Latn","input":{"width":64,"height":48},"sha256":{"m.onnx":")" << onnx
                                  << R"(","m.txt":")" << txt << "\"}}";
    return message(dir.string());
  };
  EXPECT_EQ(named(model, list), "no exception");
  std::ofstream(dir / "m.json") << R"({"input":{"width":64,"height":48},"sha256":")" << model << "\"}";
  EXPECT_EQ(message(dir.string()), "no exception");
  EXPECT_NE(named(list, list).find("another SHA-256 for m.onnx"), std::string::npos);
  EXPECT_NE(named(model, model).find("another SHA-256 for m.txt"), std::string::npos);
  EXPECT_NE(named(model, "").find("m.json cannot be used"), std::string::npos);
  std::fstream damaged(dir / "m.onnx", std::ios::in | std::ios::out | std::ios::binary);
  damaged.seekg(-1, std::ios::end);
  const int last = damaged.get();
  damaged.seekp(-1, std::ios::end);
  damaged.put(static_cast<char>(last ^ 1));
  damaged.close();
  EXPECT_NE(named(model, list).find("another SHA-256 for m.onnx"), std::string::npos);
  std::ofstream(dir / "m.json") << R"({"sha256":{"other.onnx":""}})";
  EXPECT_NE(message(dir.string()).find("not the model or the list"), std::string::npos);
  std::ofstream(dir / "m.json") << R"({"sha256":7})";
  EXPECT_NE(message(dir.string()).find("m.json cannot be used"), std::string::npos);
  fs::remove(dir / "m.json");
  std::ofstream(dir / "m.onnx") << "no model";
  EXPECT_NE(message(dir.string()).find("cannot import the model"), std::string::npos);
  EXPECT_EQ(message(dir.string()).find('\n'), std::string::npos);
  fs::remove_all(dir);
  Recognizers wrong{{.plugins = {"noequals"}}};
  EXPECT_THROW(wrong.readers(Alphabet::han), std::runtime_error);
}

}  // namespace
}  // namespace kualik::ocr
