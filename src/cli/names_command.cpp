#include "cli/names_command.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "kualik/desk/name_table.h"
#include "kualik/desk/transcript.h"
#include "kualik/record/csv.h"
#include "kualik/text/names.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/transcription.h"
#include "kualik/text/translit.h"

namespace kualik::cli {

namespace {

std::string read_all(const std::string& path) {
  if (path == "-") return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string fixed(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

void put(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
    throw std::runtime_error("cannot write to standard output");
}

struct MatchChoice {
  std::string a{};
  std::string b{};
};

void run_match(const MatchChoice& choice) {
  const names::Match made = names::match(choice.a, choice.b);
  put("score," + fixed(made.score) + "\n" + "a,b,score,basis,detail\n");
  for (const names::MatchReason& reason : made.reasons) {
    put(record::csv_cell(reason.a) + "," + record::csv_cell(reason.b) + "," + fixed(reason.score) + "," +
        record::csv_cell(reason.basis) + "," + record::csv_cell(reason.detail) + "\n");
  }
}

struct SearchChoice {
  std::string query{};
  std::string list{};
  std::vector<std::string> columns{};
  std::size_t limit{10};
  double min_score{0.6};
};

std::string quoted(const std::vector<std::string>& columns) {
  std::string all;
  for (const std::string& column : columns) all += (all.empty() ? "" : ", ") + column;
  return all;
}

void run_search(const SearchChoice& choice) {
  desk::NameTable table;
  const std::string text = read_all(choice.list);
  try {
    table = desk::read_name_table(text, choice.columns);
  } catch (const std::exception& fault) {
    throw std::runtime_error(choice.list + ": " + fault.what());
  }
  const names::Index index(table.names);
  names::SearchOptions options;
  options.limit = choice.limit;
  options.min_score = choice.min_score;
  std::string head = "score,row";
  for (const std::string& name : table.columns) head += "," + record::csv_cell(name);
  put(head + "\n");
  const std::vector<names::Hit> hits = index.search(choice.query, options);
  for (const names::Hit& hit : hits) {
    std::string line = fixed(hit.score) + "," + std::to_string(hit.row + 1);
    for (const std::string& cell : table.rows[hit.row]) line += "," + record::csv_cell(cell);
    put(line + "\n");
  }
  const bool chosen = choice.columns.empty() && (table.used.size() > 1 || table.used.front() != "name");
  const std::string where = std::to_string(table.names.size()) + " names of the column" +
                            (table.used.size() > 1 ? "s " : " ") + quoted(table.used);
  if (hits.empty()) {
    say("none of " + where + " scores " + fixed(choice.min_score) + " or more");
  } else if (chosen) {
    say("searched " + where + "; --column chooses another");
  }
}

struct TranslitChoice {
  std::string to{};
  std::string from{"auto"};
  std::string file{"-"};
  bool all{false};
  bool lower{false};
};

/// The readings of one line in the target that was asked for; Hani and pinyin-passport are targets of this command
/// alone.
std::vector<text::Reading> readings_of(const std::string& line, const TranslitChoice& choice,
                                       const text::TransliterationOptions& options) {
  if (choice.to == "pinyin-passport") {
    text::PinyinOptions passport;
    passport.upper = true;
    return {{text::pinyin(line, passport), 1}};
  }
  std::vector<text::Reading> readings;
  if (choice.to == "Hani") {
    for (const names::Candidate& candidate : names::to_han(line, 8, options.from))
      readings.push_back({candidate.text, candidate.score});
    if (readings.empty()) readings.push_back({line, 1});
    return readings;
  }
  if (!choice.all) return {{text::transliterate(line, *text::spelling_from_name(choice.to), options), 1}};
  return text::transliterations(line, *text::spelling_from_name(choice.to), options);
}

void run_translit(const TranslitChoice& choice) {
  text::TransliterationOptions options;
  options.from = *text::spelling_from_name(choice.from);
  options.capitalise = !choice.lower;
  std::string all;
  try {
    all = read_all(choice.file);
  } catch (const std::runtime_error& fault) {
    throw std::runtime_error(std::string(fault.what()) +
                             "; names are read from a file or from standard input (echo NAME | kualik translit …)");
  }
  if (const std::string fault = desk::encoding_fault(all); !fault.empty())
    throw std::runtime_error(choice.file + ": " + fault);
  if (all.starts_with("\xEF\xBB\xBF")) all.erase(0, 3);
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    std::string line = all.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    begin = end + 1;
    const std::vector<text::Reading> readings = readings_of(line, choice, options);
    if (!choice.all) {
      put((readings.empty() ? std::string{} : readings.front().text) + "\n");
      continue;
    }
    std::string out = line;
    for (const text::Reading& reading : readings) out += "\t" + reading.text + "\t" + fixed(reading.score);
    put(out + "\n");
  }
}

}  // namespace

void add_names_commands(CLI::App& app, int& exit_code) {
  CLI::App* names_app =
      app.add_subcommand("names", "Names in four scripts: how well two fit, and who in a list fits a name");
  names_app->require_subcommand(1);

  auto match = std::make_shared<MatchChoice>();
  CLI::App* match_app =
      names_app->add_subcommand("match", "Score of two names in any scripts, and which part fits which (CSV)");
  match_app->footer(
      "The first line is the score, 0 to 1; 0.85 and more is a lead worth following, no proof. Each further line is a\n"
      "part of A beside a part of B, by what they fit (basis), or what speaks against it: differs, missing, order\n"
      "(given and father's name change places), sex (-ұлы beside -қызы).\n"
      "  kualik names match 努尔兰·巴合提 'Нұрлан Бақытұлы'");
  match_app->add_option("A", match->a, "A name")->required();
  match_app->add_option("B", match->b, "Another name")->required();
  match_app->callback([match, &exit_code] {
    if (names::split(match->a).parts.empty()) throw CLI::ValidationError("A", "has no letters");
    if (names::split(match->b).parts.empty()) throw CLI::ValidationError("B", "has no letters");
    run_match(*match);
    exit_code = Exit::done;
  });

  auto search = std::make_shared<SearchChoice>();
  CLI::App* search_app = names_app->add_subcommand("search", "Rows of a table whose name fits best, best first (CSV)");
  search_app->add_option("QUERY", search->query, "A name in any script")->required();
  search_app
      ->add_option("--in", search->list,
                   "Table in CSV (comma, semicolon or tab), or a list with one name a line; - is standard input")
      ->required();
  search_app
      ->add_option("--column", search->columns,
                   "Column of the names; several, each with its own --column, are joined (default: one called "
                   "name, ФИО, 姓名 …, or surname, given name and patronymic, else the one that looks like names)")
      ->allow_extra_args(false);
  search_app->add_option("--limit", search->limit, "At most so many rows")->capture_default_str();
  search_app->add_option("--min-score", search->min_score, "Leave out rows below this score, 0 to 1")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  search_app->callback([search, &exit_code] {
    if (names::split(search->query).parts.empty()) throw CLI::ValidationError("QUERY", "has no letters");
    run_search(*search);
    exit_code = Exit::done;
  });

  auto translit = std::make_shared<TranslitChoice>();
  CLI::App* translit_app = app.add_subcommand("translit", "Names or words in another script, one a line");
  const std::vector<std::string> targets{"kk-Cyrl", "kk-Arab", "kk-Latn", "bgn",  "icao",   "ru-Cyrl",
                                         "ru-Latn", "ug-Arab", "ug-Latn", "Hani", "pinyin", "pinyin-passport"};
  const std::vector<std::string> sources{"auto",    "kk-Cyrl", "kk-Arab", "kk-Latn", "bgn",    "icao",
                                         "ru-Cyrl", "ru-Latn", "ug-Arab", "ug-Latn", "pinyin", "Hani"};
  translit_app->add_option("--to", translit->to, "Spelling to write")
      ->required()
      ->check(CLI::IsMember(targets, CLI::ignore_case));
  translit_app->add_option("--from", translit->from, "Spelling of the input")
      ->capture_default_str()
      ->check(CLI::IsMember(sources, CLI::ignore_case));
  translit_app->add_flag("--all", translit->all, "All readings with their scores, tab-separated behind the line");
  translit_app->add_flag("--lower", translit->lower, "No capitals where the source script has none");
  translit_app->add_option("FILE", translit->file, "Text file; - is standard input")->capture_default_str();
  translit_app->callback([translit, &exit_code] {
    run_translit(*translit);
    exit_code = Exit::done;
  });
}

}  // namespace kualik::cli
