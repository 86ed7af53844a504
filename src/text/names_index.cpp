// Search in a list: consonant classes of every word as pairs and triples, in posting lists; the rows that share most of
// the rare ones are compared in full.

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <thread>
#include <unordered_map>

#include "kualik/text/names.h"
#include "name_prepared.h"

namespace kualik::names {

namespace {

/// A feature as a number: up to seven signs as they are, longer ones by their hash.
using Feature = std::uint64_t;

Feature feature(std::string_view signs) noexcept {
  Feature made = 0;
  if (signs.size() < sizeof(Feature)) {
    for (const char c : signs) made = (made << 8U) | static_cast<unsigned char>(c);
    return made;
  }
  made = 14695981039346656037U;  // FNV-1a
  for (const char c : signs) made = (made ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return made | (Feature{1} << 63U);
}

/// Features of a word: consonant classes with their neighbours, the first ones and the whole key. '^' and '$' are the
/// word's ends.
void add_features(const Sounds& sounds, std::vector<Feature>& out) {
  const std::string key = coarse_key(sounds);
  if (key.empty()) return;
  const std::string padded = "^" + key + "$";
  const std::string_view signs = padded;
  for (std::size_t i = 0; i + 1 < signs.size(); ++i) {
    out.push_back(feature(signs.substr(i, 2)));
    if (i + 2 < signs.size()) {
      out.push_back(feature(signs.substr(i, 3)));
      // A consonant may be lost or added: 艾尔肯, Еркін.
      const char around[] = {signs[i], '.', signs[i + 2]};
      out.push_back(feature({around, 3}));
    }
  }
  out.push_back(feature("=" + key));
}

std::vector<Feature> features_of(const PreparedName& name) {
  std::vector<Feature> features;
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
    for (std::size_t i = 0; i + 2 < key.size(); ++i) features.push_back(feature(std::string_view(key).substr(i, 3)));
  }
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  return features;
}

/// Calls `one` for 0 .. size - 1, on several threads where there is enough to do. What it throws in one of them is
/// thrown.
template <typename One>
void in_parts(std::size_t size, const One& one) {
  constexpr std::size_t worth_a_thread = 4000;
  constexpr std::size_t most_threads = 8;
  const std::size_t threads = std::clamp<std::size_t>(
      std::min<std::size_t>(std::thread::hardware_concurrency(), size / worth_a_thread), 1, most_threads);
  const auto run = [&](std::size_t part) {
    for (std::size_t i = size * part / threads; i < size * (part + 1) / threads; ++i) one(i);
  };
  std::vector<std::future<void>> others;
  for (std::size_t part = 1; part < threads; ++part) others.push_back(std::async(std::launch::async, run, part));
  run(0);
  for (std::future<void>& other : others) other.get();
}

}  // namespace

struct Index::Data {
  MatchOptions options{};
  std::vector<PreparedName> names{};
  std::unordered_map<Feature, std::vector<std::uint32_t>> postings{};
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
  std::vector<std::vector<Feature>> features(names.size());
  data->names.resize(names.size());
  in_parts(names.size(), [&](std::size_t row) {
    data->names[row] = prepare(names[row], options);
    features[row] = features_of(data->names[row]);
  });
  for (std::uint32_t row = 0; row < names.size(); ++row) {
    for (const Feature one : features[row]) data->postings[one].push_back(row);
    for (const PreparedWord& word : data->names[row].words) {
      for (const std::uint16_t table_row : word.rows) data->table_rows[table_row].push_back(row);
    }
  }
  data->norms.assign(names.size(), 1.0F);
  for (const auto& [key, rows] : data->postings) {
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
  for (const Feature one : features_of(wanted)) {
    const auto found = data_->postings.find(one);
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
