#include "kualik/desk/report.h"

#include <openssl/evp.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/mask.h"
#include "kualik/record/private_file.h"
#include "report_app.h"
#include "report_labels.h"
#include "report_page.h"
#include "report_style.h"

namespace kualik::desk {
namespace {

using Json = nlohmann::ordered_json;

std::string data_uri(const std::string& path, const std::string& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3), '\0');
  std::string buffer(text.size() + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(buffer.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  text.assign(buffer, 0, text.size());
  return (path.ends_with(".png") ? "data:image/png;base64," : "data:image/jpeg;base64,") + text;
}

// Inside <script> only `<` can end the element; in JSON it can stand only in strings.
std::string for_script(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (char c : json)
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  return out;
}

void replace(std::string& page, std::string_view mark, std::string_view with) {
  const std::size_t at = page.find(mark);
  if (at != std::string::npos) page.replace(at, mark.size(), with);
}

// A document's place in the order of the pages: failing first, then doubtful, unchecked, passing (as in report/app.js).
struct Place {
  int rank = 3;
  std::size_t doubts = 0;
  std::size_t at = 0;
  friend bool operator<(const Place& a, const Place& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    return a.doubts != b.doubts ? a.doubts > b.doubts : a.at < b.at;
  }
};

Place place_of(const record::Entry& entry, std::size_t at) {
  Place place{3, 0, at};
  for (std::size_t i = 0; i < entry.record.fields.size(); ++i) {
    const record::Field& f = entry.record.fields[i];
    const int rank = f.status == Status::fails       ? 0
                     : f.status == Status::doubtful  ? 1
                     : f.status == Status::unchecked ? 2
                                                     : 3;
    place.doubts += rank < 2;
    const record::Review* review = entry.review_of(i);
    if (f.key == "text" || (review != nullptr && review->state != record::ReviewState::unreviewed)) continue;
    place.rank = std::min(place.rank, rank);
  }
  for (const documents::Check& c : entry.record.checks)
    if (c.verdict == documents::Verdict::disagrees) place.rank = std::min(place.rank, 1);
  return place;
}

// The pages' file names; pages link to each other by them.
std::vector<std::string> page_names(const std::string& path, std::size_t pages) {
  const std::size_t slash = path.find_last_of('/');
  const std::size_t dot = path.find_last_of('.');
  const std::size_t end = dot != std::string::npos && (slash == std::string::npos || dot > slash) ? dot : path.size();
  std::vector<std::string> out{path};
  for (std::size_t i = 2; i <= pages; ++i)
    out.push_back(path.substr(0, end) + "-" + std::to_string(i) + path.substr(end));
  return out;
}

std::string file_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

// The documents of one page: those for which `chosen` gives true, by their number in the archive.
std::string make_page(const Archive& archive, const ReportOptions& options, const Json& pages,
                      const std::function<bool(std::size_t)>& chosen) {
  Json documents = Json::array();
  std::size_t at = 0;
  archive.each([&](const record::Entry& full, std::size_t number) {
    if (!chosen(at++)) return;
    const record::Entry entry = options.mask ? record::mask(full) : full;
    Json item = Json::parse(record::to_json(entry));
    item["number"] = number;
    Json pictures = Json::object();
    const auto embed = [&](const std::string& path) {
      if (!options.pictures || path.empty()) return;
      if (const auto bytes = archive.picture(entry, path)) pictures[path] = data_uri(path, *bytes);
    };
    embed(entry.record.thumbnail);
    for (const record::Field& f : entry.record.fields)
      if (f.evidence) embed(f.evidence->crop);
    item["pictures"] = std::move(pictures);
    documents.push_back(std::move(item));
  });
  std::string page(report_html);
  replace(page, "/*STYLE*/", report_css);
  replace(page, "/*LABELS*/", for_script(std::string(report_labels)));
  replace(page, "/*PAGES*/", for_script(pages.dump(-1, ' ', false, Json::error_handler_t::replace)));
  replace(page, "/*DATA*/", for_script(documents.dump(-1, ' ', false, Json::error_handler_t::replace)));
  replace(page, "/*APP*/", report_js);
  return page;
}

}  // namespace

std::string report_page(const Archive& archive, const ReportOptions& options) {
  return make_page(archive, options, {{"page", 1}, {"names", Json::array()}, {"masked", options.mask}},
                   [](std::size_t) { return true; });
}

std::vector<std::string> write_report(const Archive& archive, const std::string& path, const ReportOptions& options) {
  std::vector<Place> places;
  archive.each([&](const record::Entry& e, std::size_t) { places.push_back(place_of(e, places.size())); });
  std::sort(places.begin(), places.end());
  const std::size_t size = options.per_page == 0 ? std::max<std::size_t>(1, places.size()) : options.per_page;
  std::vector<std::string> paths = page_names(path, (places.size() + size - 1) / size);
  std::vector<std::size_t> page_of(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) page_of[places[i].at] = i / size;
  Json names = Json::array();
  for (const std::string& p : paths) names.push_back(file_name(p));
  for (std::size_t page = 0; page < paths.size(); ++page)
    record::write_private_file(
        paths[page],
        make_page(archive, options,
                  {{"page", page + 1}, {"names", names}, {"documents", places.size()}, {"masked", options.mask}},
                  [&](std::size_t at) { return at < page_of.size() && page_of[at] == page; }));
  return paths;
}

}  // namespace kualik::desk
