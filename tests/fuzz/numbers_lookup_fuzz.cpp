// Any bytes as a number of any kind, and as what the tables are asked for: reasons hold with their words.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kualik/numbers/court.h"
#include "kualik/numbers/explain.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"
#include "kualik/numbers/table_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kualik;
  using namespace kualik::numbers;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  Options options;
  if (data[0] % 2 == 1) options.today = {2026, 11, 23};
  if (data[0] % 4 >= 2) options.fold = true;
  for (TableKind kind : {TableKind::automatic, TableKind::cn_id, TableKind::iin, TableKind::bin, TableKind::mrz,
                         TableKind::case_number}) {
    const ReasonSet reasons = reasons_against(text, kind, options);
    std::size_t count = 0;
    for (Reason reason : reasons) {
      if (in_words(reason).empty()) std::abort();
      ++count;
    }
    if (explain(text, kind, reasons).size() < count) std::abort();
    (void)explain(text, kind, ReasonSet::from_bits(data[0] * 0x01010101U));
  }
  (void)kind_of(text);
  (void)resident_plausibility(text, options);
  (void)resident_check_char(text);
  (void)icao_check_digit(text);
  (void)kz_check_digit(text);
  (void)is_bin(text);
  (void)find_court(text, data[0] * 10);
  (void)province_of(text);
  (void)is_court_prefix(text);
  (void)find_case_type(text);
  (void)find_legacy_case_type(text);
  if (const auto type = legacy_case_type_at_end(text); type && !text.ends_with(type->code)) std::abort();
  Country country;
  (void)find_country(text, country);
  int code = 0;
  for (const char c : text.substr(0, 8)) code = code * 10 + (static_cast<unsigned char>(c) % 10);
  for (const int sign : {1, -1}) {
    RegionRecord region;
    (void)find_region(sign * code, data[0] * 10, region);
    (void)region_path(sign * code, data[0] * 10);
    (void)regions_today(sign * code, 0);
    (void)nearest_known_region(sign * code);
    (void)check_region(sign * code, data[0] * 10);
    (void)find_country(sign * code, country);
  }
  for (std::size_t keep = 0; keep < 8; ++keep) (void)mask_resident_id(text.substr(0, 60), keep);
  return 0;
}
