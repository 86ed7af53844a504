#include "kualik/desk/pictures.h"

#include <array>
#include <cstdio>
#include <opencv2/imgcodecs.hpp>
#include <set>
#include <stdexcept>

#include "kualik/record/hash.h"

namespace kualik::desk {
namespace {

// Keys are words of the record format; whatever else came in cannot leave the folder.
std::string safe(std::string_view key) {
  std::string out;
  for (char c : key) out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ? c : '-';
  return out;
}

std::string numbered(std::size_t document) {
  std::array<char, 24> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04zu", document);
  return buffer.data();
}

}  // namespace

std::string encode(const ImageView& image, const std::string& ending) {
  const int type = CV_8UC(image.channels);
  const cv::Mat mat(image.height, image.width, type, const_cast<std::uint8_t*>(image.data), image.row_stride);
  std::vector<unsigned char> bytes;
  const std::vector<int> options = ending == ".png" ? std::vector<int>{cv::IMWRITE_PNG_COMPRESSION, 6}
                                                    : std::vector<int>{cv::IMWRITE_JPEG_QUALITY, 85};
  if (image.empty() || !cv::imencode(ending, mat, bytes, options))
    throw std::runtime_error("a picture could not be encoded");
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<record::Picture> name_pictures(ScanResult& result, const std::string& folder) {
  std::vector<record::Picture> out;
  std::set<std::string> used;
  const auto keep = [&](const std::string& stem, const std::string& ending,
                        const Image& image) -> const record::Picture& {
    std::string path = folder + "/" + stem + ending;
    const std::size_t end_of_stem = path.size() - ending.size();
    for (int i = 2; !used.insert(path).second; ++i) {
      path.resize(end_of_stem);
      path.append("-").append(std::to_string(i)).append(ending);
    }
    std::string bytes = encode(image.view(), ending);
    std::string hash = record::sha256(bytes);
    return out.emplace_back(record::Picture{std::move(path), std::move(hash), std::move(bytes)});
  };
  for (std::size_t i = 0; i < result.thumbnails.size() && i < result.records.size(); ++i) {
    if (result.thumbnails[i].empty()) continue;
    const record::Picture& p = keep(numbered(i + 1) + "-frame", ".jpg", result.thumbnails[i]);
    result.records[i].thumbnail = p.path;
    result.records[i].thumbnail_sha256 = p.sha256;
  }
  for (const FieldCrop& crop : result.crops) {
    if (crop.image.empty() || crop.record >= result.records.size()) continue;
    record::Record& record = result.records[crop.record];
    if (crop.field >= record.fields.size() || !record.fields[crop.field].evidence) continue;
    const record::Picture& p =
        keep(numbered(crop.record + 1) + "-" + safe(record.fields[crop.field].key), ".png", crop.image);
    record.fields[crop.field].evidence->crop = p.path;
    record.fields[crop.field].evidence->crop_sha256 = p.sha256;
  }
  return out;
}

}  // namespace kualik::desk
