#include "kualik/documents/parse.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "anchors.h"
#include "kinds.h"
#include "kualik/documents/checks.h"
#include "kualik/text/dates.h"
#include "titles.h"
#include "values.h"
#include "zone.h"

namespace kualik::documents {

Document begin_document(const Sheet& sheet, Range range, Kind kind) {
  Document document;
  document.kind = kind;
  range.end = std::min(range.end, sheet.folded().size());
  document.span = sheet.folded().span(range.begin, range.end);
  document.text = sheet.text().substr(document.span.begin, document.span.size());
  return document;
}

void settle(Document& document, const ParseOptions& options) {
  for (Field& f : document.fields) {
    if (f.key == "birth_date" || f.key == "date" || f.key == "judgment_date") {
      const auto read = text::parse_date(f.value);
      if (read.value && read.value->date.valid() && options.today.valid() && read.value->date > options.today)
        f.reasons.add(Reason::future_date);
    }
  }
  for (const Check& check : cross_check(document.fields, document.kind, options.today)) {
    for (Field& f : document.fields) {
      const bool named = std::find(check.fields.begin(), check.fields.end(), f.key) != check.fields.end();
      if (!named || (check.subject != 0 && f.subject != 0 && f.subject != check.subject)) continue;
      if (check.verdict == Verdict::disagrees) f.reasons.add(Reason::cross_check);
      // Nothing in a sentence shows a misread numeral but the dates it must lead to, and nothing in a date but another
      // that must equal it.
      const bool proves = check.rule.find("_matches_id_number") != std::string::npos ||
                          check.rule.find("_matches_mrz") != std::string::npos ||
                          check.rule.find("_matches_iin") != std::string::npos || check.rule == "term_matches_dates" ||
                          check.rule == "validity_matches_class";
      if (proves && check.verdict == Verdict::agrees && check.detail.empty()) f.checkable = true;
    }
  }
}

namespace {

// A court's number shows a wrong court, year or type, but its serial number nothing but another place where it stands.
// Readers of pictures have a score for each digit; of text alone nothing speaks for one.
void doubt_serials(const Sheet& sheet, Range range, const ParseOptions& options, Document& document) {
  if (document.kind != Kind::court_document && document.kind != Kind::official_document) return;
  std::vector<DocumentNumber> all;
  for (Field& f : document.fields) {
    if (!f.checkable || (f.key != "case_number" && f.key != "indictment_number" && f.key != "document_number"))
      continue;
    if (all.empty()) all = find_document_numbers(sheet, range, options);
    f.checkable = std::count_if(all.begin(), all.end(),
                                [&f](const DocumentNumber& n) { return n.number.value->canonical == f.value; }) > 1;
  }
}

Document read_kind(const Sheet& sheet, Range range, Kind kind, const ParseOptions& options) {
  switch (kind) {
    case Kind::cn_id_portrait:
      return read_cn_id_portrait(sheet, range, options);
    case Kind::cn_id_emblem:
      return read_cn_id_emblem(sheet, range, options);
    case Kind::court_document:
      return read_court_document(sheet, range, options);
    case Kind::official_document:
      return read_official_document(sheet, range, options);
    case Kind::passport:
      return read_passport(sheet, range, options);
    case Kind::kz_id_front:
      return read_kz_id_front(sheet, range, options);
    case Kind::kz_id_back:
      return read_kz_id_back(sheet, range, options);
    case Kind::other_document:
      break;
  }
  return read_other_document(sheet, range, options);
}

Document read(const Sheet& sheet, Range range, Kind kind, const ParseOptions& options, bool typed) {
  Document document = read_kind(sheet, range, kind, options);
  if (typed) doubt_serials(sheet, range, options, document);
  return document;
}

constexpr double believed = 0.5;       // of a kind that the text alone speaks for
constexpr double believed_hint = 0.2;  // where the page looked like it

// Kinds that cards and pages of passports have; a copy may show both sides of a card.
void read_untitled(const Sheet& sheet, Range range, const ParseOptions& options, std::vector<Document>& out) {
  const std::size_t before = out.size();
  Document portrait = read_cn_id_portrait(sheet, range, options);
  Document emblem = read_cn_id_emblem(sheet, range, options);
  Document passport = read_passport(sheet, range, options);
  Document front = read_kz_id_front(sheet, range, options);
  Document back = read_kz_id_back(sheet, range, options);
  Document court = read_court_document(sheet, range, options);
  const auto enough = [&](const Document& d) {
    return d.score >= (options.hint == d.kind ? believed_hint : believed) && !d.fields.empty();
  };
  // A zone decides between a passport and the back of a card; a page of a judgment without its title holds more than a
  // card would.
  if (enough(passport) && passport.score >= std::max(front.score, back.score)) {
    out.push_back(std::move(passport));
  } else if (enough(court) && court.score > portrait.score) {
    out.push_back(std::move(court));
  } else {
    for (Document* d : {&portrait, &emblem, &front, &back})
      if (enough(*d)) out.push_back(std::move(*d));
  }
  if (out.size() == before && !range.empty()) out.push_back(read_other_document(sheet, range, options));
}

// Typed text holds speech beside its papers: numbers that stand in none of them.
void read_left_out(const Sheet& sheet, Range range, const ParseOptions& options, std::size_t before,
                   std::vector<Document>& out) {
  Document rest = read_other_document(sheet, range, options);
  Places places;
  std::set<std::string_view> values;
  for (std::size_t i = before; i < out.size(); ++i) {
    places.add(out[i].fields);
    for (const Field& f : out[i].fields) values.insert(f.value);
  }
  std::erase_if(rest.fields,
                [&](const Field& f) { return f.key == "text" || places.taken(f.span) || values.contains(f.value); });
  if (rest.fields.empty()) return;
  rest.text.clear();  // It stands with the papers.
  out.push_back(std::move(rest));
}

// Where cards begin in a stretch without titles: at lines that begin with 姓名 and are followed by the other labels.
std::vector<std::size_t> card_begins(const Sheet& sheet, Range range) {
  std::vector<std::size_t> begins;
  const auto chars = sheet.chars();
  for (std::size_t i = range.begin; i + 2 < range.end; ++i) {
    if (!sheet.folded().starts_line(i) || !word_at(chars, i, U"姓名")) continue;
    const Range next{i, std::min(range.end, i + 120)};
    int labels = 0;
    for (const std::u32string_view word :
         {std::u32string_view(U"性别"), std::u32string_view(U"民族"), std::u32string_view(U"出生"),
          std::u32string_view(U"住址"), std::u32string_view(U"号码")})
      labels += find_exact(chars, next, word) ? 1 : 0;
    if (labels >= 3) begins.push_back(i);
  }
  return begins;
}

void read_stretch(const Sheet& sheet, Range range, const ParseOptions& options, bool typed,
                  std::vector<Document>& out) {
  const auto cards = card_begins(sheet, range);
  const auto read_part = [&](Range part) {
    const std::size_t before = out.size();
    read_untitled(sheet, part, options, out);
    for (std::size_t i = before; typed && i < out.size(); ++i) doubt_serials(sheet, part, options, out[i]);
    if (typed && out.size() > before && out.back().kind != Kind::other_document)
      read_left_out(sheet, part, options, before, out);
  };
  if (cards.size() < 2) {
    read_part(range);
    return;
  }
  // The first card takes what stands before it, as its lines may come in any order.
  for (std::size_t k = 0; k < cards.size(); ++k) {
    const Range part{k == 0 ? range.begin : cards[k], k + 1 < cards.size() ? cards[k + 1] : range.end};
    read_part(part);
  }
}

// What a page of other text holds besides the text.
std::ptrdiff_t numbers_in(const Document& document) {
  return std::count_if(document.fields.begin(), document.fields.end(), [](const Field& f) { return f.key != "text"; });
}

bool worth_reading(Range range) {
  // Headers, page numbers and seals between papers are no documents of their own.
  return range.size() >= 12;
}

std::vector<Document> read_all(const Sheet& sheet, const ParseOptions& options, bool typed) {
  std::vector<Document> documents;
  const Range all = sheet.all();
  if (all.empty()) return documents;
  std::vector<TitleHit> titles = find_titles(sheet, all);
  if (titles.empty()) {
    if (const auto first = find_title(sheet, all)) titles.push_back(*first);
  }
  std::vector<std::size_t> begins;
  begins.reserve(titles.size());
  for (const TitleHit& t : titles)
    begins.push_back(paper_begin(sheet, {begins.empty() ? 0 : begins.back(), all.end}, t));
  if (titles.empty()) {
    if (options.hint && *options.hint != Kind::other_document) {
      Document hinted = read(sheet, all, *options.hint, options, typed);
      if (hinted.score >= believed_hint && !hinted.fields.empty() && card_begins(sheet, all).size() < 2) {
        // What the page looked like holds unless the text speaks clearly for something else.
        std::vector<Document> by_text;
        read_untitled(sheet, all, options, by_text);
        double best = 0;
        bool same = false;
        for (const Document& d : by_text) {
          if (d.kind != Kind::other_document) best = std::max(best, d.score);
          same = same || d.kind == *options.hint;
        }
        if (same) return by_text;
        if (hinted.score >= best || best < 0.8) {
          documents.push_back(std::move(hinted));
          return documents;
        }
        return by_text;
      }
    }
    read_stretch(sheet, all, options, typed, documents);
    return documents;
  }
  if (begins.front() > 0) {
    const Range head{0, begins.front()};
    if (worth_reading(head)) {
      std::vector<Document> before;
      read_stretch(sheet, head, options, typed, before);
      for (Document& d : before)
        if (d.kind != Kind::other_document || numbers_in(d) > 0) documents.push_back(std::move(d));
      if (documents.empty()) begins.front() = 0;
    } else {
      begins.front() = 0;
    }
  }
  for (std::size_t k = 0; k < titles.size(); ++k) {
    const Range part{begins[k], k + 1 < titles.size() ? begins[k + 1] : all.end};
    if (part.empty()) continue;
    documents.push_back(read(sheet, part, titles[k].type->kind, options, typed));
  }
  return documents;
}

}  // namespace

std::vector<Document> parse(const PageText& page, const ParseOptions& options) {
  return read_all(Sheet(page), options, false);
}

std::vector<Document> parse_documents(const PageText& page, const ParseOptions& options) {
  return read_all(Sheet(page), options, true);
}

std::vector<Document> parse_text(std::string_view text, const ParseOptions& options) {
  return parse_documents(PageText::from_text(text), options);
}

Document parse_cn_id_portrait(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_cn_id_portrait(sheet, sheet.all(), options);
}
Document parse_cn_id_emblem(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_cn_id_emblem(sheet, sheet.all(), options);
}
Document parse_court_document(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_court_document(sheet, sheet.all(), options);
}
Document parse_official_document(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_official_document(sheet, sheet.all(), options);
}
Document parse_passport(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_passport(sheet, sheet.all(), options);
}
Document parse_kz_id_front(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_kz_id_front(sheet, sheet.all(), options);
}
Document parse_kz_id_back(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_kz_id_back(sheet, sheet.all(), options);
}
Document parse_other_document(const PageText& page, const ParseOptions& options) {
  const Sheet sheet(page);
  return read_other_document(sheet, sheet.all(), options);
}

}  // namespace kualik::documents
