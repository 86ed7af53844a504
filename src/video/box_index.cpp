#include "video/box_index.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <string_view>

namespace kualik::video {
namespace {

constexpr int most_boxes = 1'000'000;
constexpr std::uint64_t always_allowed = 1'000'000;
constexpr int deepest = 8;  // moov, trak, mdia, minf, stbl, stsz, and some room.

class Walk {
 public:
  Walk(const std::string& path, std::uint64_t size) : file_(path, std::ios::binary), size_(size) {}

  /// Goes through the boxes in [at, end); true once one names too much.
  bool boxes(std::uint64_t at, std::uint64_t end, int depth) {
    while (at + 8 <= end && seen_++ < most_boxes) {
      std::array<unsigned char, 16> head{};
      if (!read(at, head.data(), 8)) return false;
      std::uint64_t length = big(head.data(), 4);
      std::uint64_t inner = at + 8;
      if (length == 1) {
        if (!read(inner, head.data() + 8, 8)) return false;
        length = big(head.data() + 8, 8);
        inner += 8;
      } else if (length == 0) {
        length = end - at;
      }
      if (length < inner - at) return false;
      // One that ends behind the one around it is cut off there.
      const std::uint64_t stop = at + std::min(length, end - at);
      const std::string_view kind(reinterpret_cast<const char*>(head.data() + 4), 4);
      if (kind == "trak") track_ = {};
      if (holds_boxes(kind)) {
        if (depth < deepest && boxes(inner, stop, depth + 1)) return true;
        if (kind == "trak" && !track_.read_by_chunks()) named_ += track_.samples;
      } else {
        look(kind, inner);
      }
      if (named_ > size_ + always_allowed) return true;
      at = stop;
    }
    return false;
  }

 private:
  struct Track {
    std::uint64_t samples{0};
    bool sound{false}, picture{false};
    bool one_tick_each{false};
    // Of plain sound each value is a sample; FFmpeg does not list them, and a file that is cut short holds few of them.
    bool read_by_chunks() const { return sound && !picture && one_tick_each; }
  };

  static std::uint64_t big(const unsigned char* bytes, std::size_t count) {
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < count; ++i) v = v << 8 | bytes[i];
    return v;
  }

  static bool holds_boxes(std::string_view kind) {
    // Those that FFmpeg looks into.
    constexpr std::array<std::string_view, 14> all{"moov", "trak", "mdia", "minf", "stbl", "moof", "traf",
                                                   "mdra", "edts", "dinf", "tref", "udta", "wave", "mvex"};
    return std::find(all.begin(), all.end(), kind) != all.end();
  }

  bool read(std::uint64_t at, unsigned char* to, std::size_t count) {
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(at));
    file_.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(count));
    return file_.gcount() == static_cast<std::streamsize>(count);
  }

  // What stands behind version and flags.
  void look(std::string_view kind, std::uint64_t inner) {
    std::array<unsigned char, 16> body{};
    if (kind == "stsz" || kind == "stz2") {  // The size of all, their number.
      if (read(inner, body.data(), 12)) track_.samples += big(body.data() + 8, 4);
    } else if (kind == "trun") {  // Their number.
      if (read(inner, body.data(), 8)) named_ += big(body.data() + 4, 4);
    } else if (kind ==
               "stts") {  // The number of entries, and the first one: of how many samples, and how long each is.
      if (read(inner, body.data(), 16))
        track_.one_tick_each = big(body.data() + 4, 4) == 1 && big(body.data() + 12, 4) == 1;
    } else if (kind == "hdlr" && read(inner, body.data(), 12)) {
      const std::string_view type(reinterpret_cast<const char*>(body.data()) + 8, 4);
      track_.sound = track_.sound || type == "soun";
      track_.picture = track_.picture || type == "vide";
    }
  }

  std::ifstream file_;
  std::uint64_t size_;
  std::uint64_t named_{0};
  Track track_{};
  int seen_{0};
};

}  // namespace

bool names_more_than_it_holds(const std::string& path, std::uint64_t file_size) {
  return Walk(path, file_size).boxes(0, file_size, 0);
}

}  // namespace kualik::video
