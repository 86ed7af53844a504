#include "kualik/record/manifest.h"

#include <nlohmann/json.hpp>

#include "kualik/record/hash.h"

namespace kualik::record {

std::string Manifest::json() const {
  using Json = nlohmann::ordered_json;
  Json models = Json::array();
  for (const Model& m : engine_.models) models.push_back({{"name", m.name}, {"sha256", hash_string(m.sha256)}});
  Json files = Json::array();
  for (const Derivative& d : derivatives_)
    files.push_back({{"path", d.path}, {"sha256", hash_string(d.sha256)}, {"size", d.size}, {"what", d.what}});
  const Json out = {
      {"schema", "kualik.manifest/1"},
      {"source", {{"name", source_.name}, {"sha256", hash_string(source_.sha256)}, {"size", source_.size}}},
      {"engine", {{"kualik", engine_.kualik}, {"tesseract", engine_.tesseract}, {"models", std::move(models)}}},
      {"derivatives", std::move(files)}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kualik::record
