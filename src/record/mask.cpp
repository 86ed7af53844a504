#include "kualik/record/mask.h"

#include <algorithm>
#include <array>

namespace kualik::record {
namespace {

constexpr std::array kept{
    std::string_view("sex"),    std::string_view("ethnicity"),     std::string_view("title"),
    std::string_view("charge"), std::string_view("sentence"),      std::string_view("deprivation"),
    std::string_view("fine"),   std::string_view("issuing_state"), std::string_view("nationality")};
constexpr std::array dates{std::string_view("valid_from"),    std::string_view("valid_to"),
                           std::string_view("term_from"),     std::string_view("term_to"),
                           std::string_view("judgment_date"), std::string_view("date"),
                           std::string_view("issue_date"),    std::string_view("expiry_date")};

bool is_iso_date(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : !(text[i] == '*' || (text[i] >= '0' && text[i] <= '9'))) return false;
  }
  return true;
}

std::string masked_value(const Field& field) {
  if (field.value.empty()) return {};
  switch (masking_of(field.key)) {
    case Masking::keep:
      return field.value;
    case Masking::year_only:
      if (is_iso_date(field.value)) return field.value.substr(0, 4) + "-**-**";
      return field.value == "long_term" ? field.value : "***";
    case Masking::hide:
      break;
  }
  return "***";
}

// Only a short ending of letters and digits is kept: what follows the last dot of a name may be part of the name.
std::string masked_name(const Source& source) {
  std::string name = source.sha256.empty() ? "transcript" : "sha256-" + source.sha256.substr(0, 12);
  const std::size_t dot = source.name.find_last_of('.');
  if (dot == std::string::npos) return name;
  const std::string_view ending = std::string_view(source.name).substr(dot);
  constexpr std::array known{std::string_view(".mp4"),  std::string_view(".mkv"),  std::string_view(".mov"),
                             std::string_view(".avi"),  std::string_view(".webm"), std::string_view(".jpg"),
                             std::string_view(".jpeg"), std::string_view(".png"),  std::string_view(".txt"),
                             std::string_view(".srt"),  std::string_view(".vtt")};
  if (std::find(known.begin(), known.end(), ending) != known.end()) name += ending;
  return name;
}

}  // namespace

Masking masking_of(std::string_view key) noexcept {
  if (std::find(kept.begin(), kept.end(), key) != kept.end()) return Masking::keep;
  if (std::find(dates.begin(), dates.end(), key) != dates.end()) return Masking::year_only;
  return Masking::hide;
}

Entry mask(const Entry& entry) {
  Entry out = entry;
  Record& record = out.record;
  // A text can be guessed where the rest of it is known or short (a number alone has some ten billion forms), and a
  // guess can be held against its hash and size. Nobody guesses the bytes of a picture.
  if (record.source.width == 0 && record.source.height == 0) {
    record.source.sha256.clear();
    record.source.size = 0;
  }
  record.source.name = masked_name(record.source);
  record.source.path.clear();
  record.text.clear();
  record.thumbnail.clear();
  record.thumbnail_sha256.clear();
  record.thumbnail_area = {};
  record.fields.clear();
  out.reviews.clear();
  for (std::size_t i = 0; i < entry.record.fields.size(); ++i) {
    const Field& full = entry.record.fields[i];
    if (full.key == "text") continue;
    Field field = full;
    field.value = masked_value(full);
    // A raw reading may hold its neighbours' text even where the value is kept.
    field.raw = full.raw.empty() ? std::string{} : field.value;
    // That a number is not of digits alone tells its check character.
    const bool number = std::any_of(full.value.begin(), full.value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (number && field.value != full.value && field.script == "Latn") field.script = "Zyyy";
    field.detail.clear();
    field.alternatives.clear();
    field.span.reset();
    if (field.evidence) {
      field.evidence->crop.clear();
      field.evidence->crop_sha256.clear();
    }
    if (const Review* review = entry.review_of(i)) {
      Review kept_review = *review;
      kept_review.field = record.fields.size();
      kept_review.note.clear();
      kept_review.reviewer.clear();
      if (!kept_review.value.empty()) {
        Field edited = full;
        edited.value = review->value;
        kept_review.value = masked_value(edited);
      }
      out.reviews.push_back(std::move(kept_review));
    }
    record.fields.push_back(std::move(field));
  }
  for (documents::Check& check : record.checks) check.detail.clear();
  out.catalogue.columns.clear();
  return out;
}

}  // namespace kualik::record
