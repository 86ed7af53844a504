#pragma once
// One sight of a document (a frame and the quad in it) as text: which kind of page it is, which way round it lies, and
// what readers read.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kualik/core/image.h"
#include "kualik/documents/document.h"
#include "kualik/ocr/card_reader.h"
#include "kualik/ocr/mrz_reader.h"
#include "kualik/ocr/recognizers.h"
#include "kualik/page/geometry.h"
#include "kualik/page/kinds.h"
#include "kualik/page/orientation.h"

namespace kualik::reader {

/// Where and when a document was seen, and how well.
struct Sight {
  ImageView frame{};  ///< Full resolution; valid while it is read.
  Quad quad{};        ///< Clockwise as seen, from any corner; all sights of one track name the same corner first.
  std::int64_t index{0};
  double time_s{0};
  double quality{0.5};  ///< 0..1.
  Rect whole{};         ///< The whole frame, in pixels of `frame`; empty where `frame` is all of it.
};

/// How the document lies in the quads of its sights: what is learnt from one sight and used for the others.
struct Pose {
  page::PageKind kind{page::PageKind::unknown};
  int turns{0};  ///< Corners of the sight's quad to skip to come to the document's own top left.
  bool mirrored{false};
  double score{0};       ///< 0..1: how readable it was this way round.
  double layout{0};      ///< 0..1: what the layout alone said.
  std::string script{};  ///< Hans, Cyrl or Arab where its lines were surely of one; else empty.

  static constexpr double sure_layout = 0.6;  ///< Below, the layout leaves more than one way open.
};

/// The text of one sight.
struct PageReading {
  Pose pose{};
  Quad quad{};  ///< In source pixels, from the document's own top left.
  std::int64_t frame{0};
  double time_s{0};
  double quality{0.5};
  int sights{1};  ///< Laid over each other in what was read (stack.h).
  page::Homography page_to_source{};
  PageText page{};  ///< What documents::parse is given; of cards with the labels that the layout implies.
  std::vector<ocr::FieldReading> fields{};  ///< Of cards read by layout: every reader's readings; boxes in page pixels.
  std::vector<ocr::MrzReading> zones{};     ///< Machine-readable zones, boxes in `page` pixels.
  Image picture{};                          ///< The upright page, if pictures are kept.
  Image thumbnail{};                        ///< The sight's picture, at most 640 px wide, if pictures are kept.
  Rect thumbnail_area{};                    ///< The part of the frame that it shows, in the pixels of `quad`.
};

/// Reads sights with one thread's engines.
class PageReader {
 public:
  PageReader(ocr::Recognizers& readers, bool keep_pictures) : readers_(readers), keep_pictures_(keep_pictures) {}

  /// What it reads with.
  ocr::Recognizers& engines() noexcept { return readers_; }
  /// The kinds and ways round that the sights (of one track, the same corner first) may show: what the layout says over
  /// all of them, weighed with what can be read in the first. Best first; empty only for quads without area. Cost:
  /// 0.1-1 s.
  std::vector<Pose> poses(const std::vector<Sight>& sights) { return weighed(sights, layout_poses(sights)); }
  /// What the layout alone says over all of the sights, best first. Cost: some 20 ms a sight.
  std::vector<Pose> layout_poses(const std::vector<Sight>& sights);
  /// Poses weighed with what can be read in the first sight.
  std::vector<Pose> weighed(const std::vector<Sight>& sights, std::vector<Pose> open);
  /// The way round in which the sight is a sheet of running text, told by its lines alone: many long ones, of which the
  /// longest read as Chinese. Empty for cards and whatever has few lines. Cost: 0.1 s for those, 1-2 s for a sheet.
  std::optional<Pose> sheet_pose(const Sight& sight);
  /// Reads the sight in one pose. Cost: 0.1-0.3 s for a card, 1-2 s for a page of text.
  PageReading read(const Sight& sight, const Pose& pose);
  /// Reads several sights of a card laid over each other (stack.h); empty for other kinds, or where fewer than three
  /// fit each other. Frame, time and outline are those of the sight that the others were aligned to. Cost: some 50 ms a
  /// sight.
  std::optional<PageReading> read_stack(const std::vector<Sight>& sights, const Pose& pose);

 private:
  void read_card(PageReading& out, const ImageView& view);

  struct Readability {
    double share{0};  ///< 0..1
    std::string script{};
  };
  Readability readability(const ImageView& page, int lines);
  /// Whether one of the longest lines holds a resident number that breaks no rule.
  bool has_number(const ImageView& page, const std::vector<Quad>& lines);
  double han_share(const ImageView& page, const std::vector<Quad>& lines);
  /// 0..1: how surely the longest lines read in Arabic letters; `lines` longest first. 0 for a page of few lines.
  double arabic_share(const ImageView& page, const std::vector<Quad>& lines);
  double card_evidence(const Sight& sight, const Pose& pose);

  ocr::Recognizers& readers_;
  page::Orienter orienter_;
  bool keep_pictures_;
};

/// How `ordered` came from `quad`: the corners skipped, and whether the order was reversed (page::reordered).
std::pair<int, bool> order_of(const Quad& quad, const Quad& ordered);

/// The lines of a resident card with their labels before them, as documents::parse expects a card: one line for each
/// key and row.
PageText labelled_card(const std::vector<std::string>& keys, const std::vector<TextLine>& lines);

}  // namespace kualik::reader
