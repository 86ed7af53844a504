#pragma once
// Machine-readable zones among the lines of a page.

#include <string_view>
#include <vector>

#include "kualik/documents/parse.h"
#include "kualik/numbers/mrz.h"
#include "sheet.h"

namespace kualik::documents {

struct Zone {
  Range range{};
  Checked<numbers::Mrz> mrz{};
  /// Keys whose letters were read as the figures that must stand there (those of the document's number where its state
  /// prints figures), so that all check digits hold. The reasons of the zone say so too.
  std::vector<std::string_view> repaired{};
  bool is_repaired(std::string_view key) const noexcept;
};

/// Zones in `within`: two or three lines right below each other that parse as one. Those without an error come first.
std::vector<Zone> find_zones(const Sheet& sheet, Range within, const ParseOptions& options);
/// Whether a line is the first of a passport's zone (P, a filler or type, a state, names between fillers), however its
/// letters were read: a reader of Cyrillic gives Р<КАТ for P<KAZ.
bool has_passport_line(const Sheet& sheet, Range within);
/// The zone as the field `mrz`, its lines joined by a line feed.
Field zone_field(const Sheet& sheet, const Zone& zone);
/// The birth date of a zone, whose year has two digits there. A number of Kazakhstan in the zone tells the century;
/// else it is that of the rule (numbers/mrz.h).
struct ZoneBirth {
  Date date{};
  bool century_known{false};
};
ZoneBirth birth_in_zone(const numbers::Mrz& mrz);
/// Whether print was read beside the zone in a picture. False for typed text, which may be talk about the document.
bool print_beside(const Sheet& sheet, Range within, const Zone& zone);
/// Says at the field that its century is by rule, and doubts it where something speaks for another: the page prints the
/// year in full but it was not read (`page_seen`), the holder could be a hundred years older, which 120 years at the
/// document's expiry allow, or the expiry itself is not known.
void note_century_by_rule(Field& birth, const numbers::Mrz& mrz, bool page_seen);
/// Adds what a number of Kazakhstan in the zone itself gives to doubt (an age beyond 120 years, a date to come, an
/// unknown century), as for one in print.
void doubt_number(Field& number, const numbers::Mrz& mrz, const ParseOptions& options);
/// What the zone says, as fields of a document that prints nothing else we know: numbers, names, dates, states, sex.
/// `within`: its page.
void add_zone_parts(Document& document, const Sheet& sheet, Range within, const Zone& zone,
                    const ParseOptions& options);

}  // namespace kualik::documents
