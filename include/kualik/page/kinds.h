#pragma once
// Kinds of pages as the eye tells them apart, with their size in millimetres. Finer kinds (which court paper) are told
// by reading.

#include <string_view>

namespace kualik::page {

/// What a candidate or a rectified page looks like.
enum class PageKind : unsigned char {
  unknown,
  cn_id_portrait,   ///< PRC resident card, the side with the portrait.
  cn_id_emblem,     ///< PRC resident card, the side with the emblem.
  kz_id_front,      ///< Kazakhstan identity card, the side with the portrait.
  kz_id_back,       ///< Kazakhstan identity card, the side with the machine-readable zone; any TD1 back.
  passport,         ///< Data page of a passport (TD3).
  sheet,            ///< A page of paper, A4 or near it, upright.
  sheet_landscape,  ///< A page of paper lying on its side by design (certificates).
};

/// Millimetres, width first, of the upright page.
struct PhysicalSize {
  double width_mm{};
  double height_mm{};
  constexpr double aspect() const noexcept { return width_mm / height_mm; }
};

/// ISO/IEC 7810 ID-1 for cards, ID-3 for a passport's data page, ISO 216 A4 for paper (and for `unknown`).
constexpr PhysicalSize physical_size(PageKind kind) noexcept {
  switch (kind) {
    case PageKind::cn_id_portrait:
    case PageKind::cn_id_emblem:
    case PageKind::kz_id_front:
    case PageKind::kz_id_back:
      return {85.6, 53.98};
    case PageKind::passport:
      return {125.0, 88.0};
    case PageKind::sheet_landscape:
      return {297.0, 210.0};
    case PageKind::unknown:
    case PageKind::sheet:
      return {210.0, 297.0};
  }
  return {210.0, 297.0};
}

/// For messages and tests.
constexpr std::string_view name(PageKind kind) noexcept {
  switch (kind) {
    case PageKind::unknown:
      return "unknown";
    case PageKind::cn_id_portrait:
      return "cn_id_portrait";
    case PageKind::cn_id_emblem:
      return "cn_id_emblem";
    case PageKind::kz_id_front:
      return "kz_id_front";
    case PageKind::kz_id_back:
      return "kz_id_back";
    case PageKind::passport:
      return "passport";
    case PageKind::sheet:
      return "sheet";
    case PageKind::sheet_landscape:
      return "sheet_landscape";
  }
  return "unknown";
}

}  // namespace kualik::page
