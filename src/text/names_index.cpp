// Search in a list: consonant classes of every word as pairs and triples, in posting lists; the rows that share most of
// the rare ones are compared in full.

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "kualik/text/names.h"
#include "name_prepared.h"

namespace kualik::names {

namespace {

/// Features of a word: consonant classes with their neighbours, the first ones and the whole key. '^' and '$' are the
/// word's ends.
void add_features(const Sounds& sounds, std::vector<std::string>& out) {
  const std::string key = coarse_key(sounds);
  if (key.empty()) return;
  const std::string padded = "^" + key + "$";
  for (std::size_t i = 0; i + 1 < padded.size(); ++i) {
    out.push_back(padded.substr(i, 2));
    if (i + 2 < padded.size()) {
      out.push_back(padded.substr(i, 3));
      out.push_back({padded[i], '.', padded[i + 2]});  // A consonant may be lost or added: 艾尔肯, Еркін.
    }
  }
  out.push_back("=" + key);
}

std::vector<std::string> features_of(const PreparedName& name) {
  std::vector<std::string> features;
  for (const PreparedWord& word : name.words) {
    add_features(word.stem.plain, features);
    if (!word.stem.pinyin.empty()) add_features(word.stem.pinyin, features);
  }
  // Where the border of words is open, the pairs across it are features too.
  if (name.words.size() <= 3) {
    Sounds all;
    for (const PreparedWord& word : name.words) {
      const Sounds& sounds = word.stem.pinyin.empty() ? word.stem.plain : word.stem.pinyin;
      all.insert(all.end(), sounds.begin(), sounds.end());
    }
    const std::string key = coarse_key(all);
    for (std::size_t i = 0; i + 2 < key.size(); ++i) features.push_back(key.substr(i, 3));
  }
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  return features;
}

}  // namespace

struct Index::Data {
  MatchOptions options{};
  std::vector<PreparedName> names{};
  std::unordered_map<std::string, std::vector<std::uint32_t>> postings{};
  std::vector<float> norms{};  // Of each row's features, so that long names have no advantage.
  // Rows by table row of their words: two spellings in one row may share no consonant (Юсуп, 居苏甫).
  std::unordered_map<std::uint16_t, std::vector<std::uint32_t>> table_rows{};

  float idf(std::size_t count) const {
    return static_cast<float>(std::log(1.0 + static_cast<double>(names.size()) / static_cast<double>(count)));
  }
};

Index::Index(const std::vector<std::string>& names, const MatchOptions& options) {
  auto data = std::make_unique<Data>();
  data->options = options;
  data->names.reserve(names.size());
  for (const std::string& name : names) {
    const auto row = static_cast<std::uint32_t>(data->names.size());
    data->names.push_back(prepare(name, options));
    for (const std::string& feature : features_of(data->names.back())) data->postings[feature].push_back(row);
    for (const PreparedWord& word : data->names.back().words) {
      for (const std::uint16_t table_row : word.rows) data->table_rows[table_row].push_back(row);
    }
  }
  data->norms.assign(names.size(), 1.0F);
  for (const auto& [feature, rows] : data->postings) {
    const float value = data->idf(rows.size());
    for (const std::uint32_t row : rows) data->norms[row] += value;
  }
  for (float& norm : data->norms) norm = std::pow(norm, 0.4F);
  data_ = std::move(data);
}

Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

std::size_t Index::size() const noexcept { return data_ == nullptr ? 0 : data_->names.size(); }

std::vector<Hit> Index::search(std::string_view query, const SearchOptions& options) const {
  std::vector<Hit> hits;
  if (data_ == nullptr || options.limit == 0) return hits;
  const PreparedName wanted = prepare(query, data_->options);
  std::vector<float> shared(data_->names.size(), 0.0F);
  const auto count = [&](const std::vector<std::uint32_t>& rows, float factor) {
    const float value = factor * data_->idf(rows.size());
    for (const std::uint32_t row : rows) shared[row] += value;
  };
  for (const std::string& feature : features_of(wanted)) {
    const auto found = data_->postings.find(feature);
    if (found != data_->postings.end()) count(found->second, 1.0F);
  }
  for (const PreparedWord& word : wanted.words) {
    for (const std::uint16_t table_row : word.rows) {
      const auto found = data_->table_rows.find(table_row);
      if (found != data_->table_rows.end()) count(found->second, 3.0F);
    }
  }
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < shared.size(); ++row) {
    if (shared[row] > 0) {
      shared[row] /= data_->norms[row];
      rows.push_back(row);
    }
  }
  const std::size_t keep = std::min(std::max(options.candidates, options.limit), rows.size());
  std::nth_element(
      rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(keep), rows.end(),
      [&](std::uint32_t a, std::uint32_t b) { return shared[a] != shared[b] ? shared[a] > shared[b] : a < b; });
  rows.resize(keep);
  for (const std::uint32_t row : rows) {
    const double score = compare(wanted, data_->names[row], nullptr);
    if (score >= options.min_score) hits.push_back({row, score});
  }
  std::sort(hits.begin(), hits.end(),
            [](const Hit& a, const Hit& b) { return a.score != b.score ? a.score > b.score : a.row < b.row; });
  if (hits.size() > options.limit) hits.resize(options.limit);
  return hits;
}

}  // namespace kualik::names
