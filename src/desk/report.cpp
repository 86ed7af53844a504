#include "kualik/desk/report.h"

#include <openssl/evp.h>

#include <nlohmann/json.hpp>

#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/mask.h"
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

}  // namespace

std::string report_page(const Archive& archive, const ReportOptions& options) {
  Json documents = Json::array();
  archive.each([&](const record::Entry& full, std::size_t number) {
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
  replace(page, "/*DATA*/", for_script(documents.dump(-1, ' ', false, Json::error_handler_t::replace)));
  replace(page, "/*APP*/", report_js);
  return page;
}

}  // namespace kualik::desk
