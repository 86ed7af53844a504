#include "reader/number_pose.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "kualik/numbers/resident_id.h"
#include "kualik/page/rectify.h"

namespace kualik::reader {
namespace {

/// A number line of some 20 px: enough for the digit reader, quick to cut out.
constexpr double pixels_per_mm = 8;
/// Of ID-1 as it is seen at a slant, either way round.
constexpr double least_aspect = 1.15;
constexpr double most_aspect = 2.3;
constexpr float read_surely = 0.6F;

bool is_number(const std::string& text) { return text.size() == 18 && !numbers::check_resident_id(text).has_error(); }

/// 2008.04.26-2018.04.26; the end may be a word, of which the digit reader makes what it will.
bool is_term(const std::string& text) {
  constexpr std::string_view form = "dddd.dd.dd-";
  if (text.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
  }
  const int month = (text[5] - '0') * 10 + text[6] - '0';
  const int day = (text[8] - '0') * 10 + text[9] - '0';
  return (text[0] == '1' || text[0] == '2') && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool shows(ocr::Recognizers& readers, const ImageView& image, const Quad& ordered, page::PageKind kind) {
  const bool portrait = kind == page::PageKind::cn_id_portrait;
  const page::Rectified card = page::rectify(image, ordered, page::page_size(kind, pixels_per_mm));
  ocr::CardOptions options;
  options.all_readers = false;
  options.only = {portrait ? "id_number" : "validity"};
  const ocr::CardReading reading =
      ocr::read_card(card.image.view(), portrait ? ocr::CardSide::resident_portrait : ocr::CardSide::resident_emblem,
                     readers, options);
  for (const ocr::FieldReading& field : reading.fields)
    for (const ocr::LineReading& r : field.readings)
      if (r.line.confidence > read_surely && (portrait ? is_number(r.line.text) : is_term(r.line.text))) return true;
  return false;
}

}  // namespace

bool shows_number(ocr::Recognizers& readers, const ImageView& image, const Quad& quad) {
  return shows(readers, image, quad, page::PageKind::cn_id_portrait);
}

std::optional<Pose> pose_by_number(ocr::Recognizers& readers, const Sight& sight) {
  const double aspect = page::aspect_ratio(sight.quad, {sight.frame.width, sight.frame.height});
  for (const bool mirrored : {false, true}) {
    for (const int turns : {0, 2, 1, 3}) {
      const double wide = turns % 2 == 0 ? aspect : 1 / std::max(aspect, 1e-6);
      if (wide < least_aspect || wide > most_aspect) continue;
      for (const page::PageKind kind : {page::PageKind::cn_id_portrait, page::PageKind::cn_id_emblem}) {
        Pose pose;
        pose.kind = kind;
        pose.turns = turns;
        pose.mirrored = mirrored;
        pose.score = pose.layout = 1;
        pose.script = "Hans";
        if (shows(readers, sight.frame, page::reordered(sight.quad, turns, mirrored), kind)) return pose;
      }
    }
  }
  return std::nullopt;
}

}  // namespace kualik::reader
