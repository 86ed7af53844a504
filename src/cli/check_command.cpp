#include "cli/check_command.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include "cli/commands.h"
#include "kualik/numbers/explain.h"
#include "kualik/numbers/table_check.h"

namespace kualik::cli {
namespace {

using numbers::TableFormat;
using numbers::TableKind;
using numbers::TableRows;

struct Arguments {
  std::string file{"-"};
  numbers::TableOptions table{};
  std::string today{};
  std::string delimiter{};
  bool fold{false};
};

/// An option that takes one of some words; a message of CLI11's own transformer would print the enumerators' bytes.
template <class Value>
CLI::Option* add_choice(CLI::App& command, const char* option, Value& value,
                        const std::map<std::string, Value>& choices, const char* description) {
  std::set<std::string> words;
  for (const auto& choice : choices) words.insert(choice.first);
  return command
      .add_option_function<std::string>(
          option, [&value, choices](const std::string& word) { value = choices.at(word); }, description)
      ->check(CLI::IsMember(words));
}

/// Today by the clock, unless it is given.
Date today_or(const std::string& text) {
  if (text.empty())
    return Date::from_packed(std::stoi(now_utc().substr(0, 4) + now_utc().substr(5, 2) + now_utc().substr(8, 2)));
  Date date;
  int* const parts[] = {&date.year, &date.month, &date.day};
  constexpr std::size_t at[] = {0, 5, 8};
  constexpr std::size_t size[] = {4, 2, 2};
  bool good = text.size() == 10 && text[4] == '-' && text[7] == '-';
  for (std::size_t i = 0; good && i < 3; ++i) {
    const char* end = text.data() + at[i] + size[i];
    good = std::from_chars(text.data() + at[i], end, *parts[i]).ptr == end;
  }
  if (!good || !date.valid()) throw CLI::ValidationError("--today", "wants a date as 2026-11-23");
  return date;
}

void run(const Arguments& arguments, int& exit_code) {
  numbers::TableOptions options = arguments.table;
  options.check.today = today_or(arguments.today);
  options.check.fold = arguments.fold;
  if (!arguments.delimiter.empty()) options.delimiter = arguments.delimiter == "tab" ? '\t' : arguments.delimiter[0];

  const bool piped = arguments.file == "-";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(
      piped ? nullptr : std::fopen(arguments.file.c_str(), "rb"),
      [](std::FILE* f) { return f == nullptr ? 0 : std::fclose(f); });
  if (!piped && !opened) {
    say(arguments.file + ": " + std::strerror(errno));
    exit_code = Exit::some_failed;
    return;
  }
  std::FILE* const in = piped ? stdin : opened.get();
  std::setvbuf(in, nullptr, _IONBF, 0);
  std::setvbuf(stdout, nullptr, _IONBF, 0);  // Pieces are large already.
  constexpr std::uint64_t most_named = 100;
  std::uint64_t named = 0;
  try {
    const numbers::TableSummary done = numbers::check_table(
        [in](char* buffer, std::size_t size) {
          const std::size_t got = std::fread(buffer, 1, size, in);
          if (got == 0 && std::ferror(in) != 0)
            throw std::runtime_error(std::string("reading: ") + std::strerror(errno));
          return got;
        },
        [](std::string_view text) {
          if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
            throw std::runtime_error(std::string("writing: ") + std::strerror(errno));
        },
        [&named](std::uint64_t line, std::string_view message) {
          if (++named <= most_named) say("line " + std::to_string(line) + ": " + std::string(message));
        },
        options);
    if (named > most_named) say(std::to_string(named - most_named) + " more lines could not be read");
    say(std::to_string(done.inputs) + " inputs: " + std::to_string(done.ok) + " ok, " + std::to_string(done.doubt) +
        " with doubts, " + std::to_string(done.error) + " with errors");
    // Why, in words: what a reader of the rows wants to know first.
    for (unsigned bit = 0; bit < done.reasons.size(); ++bit)
      if (done.reasons[bit] != 0) {
        const auto reason = static_cast<Reason>(bit);
        say("  " + std::to_string(done.reasons[bit]) + " " + std::string(name(reason)) + ": " +
            std::string(numbers::in_words(reason)));
      }
    if (done.error != 0 && !options.explain)
      say("--explain adds a column that says why for each row, --rows flagged leaves out those without reasons");
    exit_code = done.bad_lines == 0 ? Exit::done : Exit::some_failed;
  } catch (const std::invalid_argument& fault) {
    say(arguments.file + ": " + fault.what());
    exit_code = Exit::wrong_use;
  } catch (const std::runtime_error& fault) {
    say(arguments.file + ": " + fault.what());
    exit_code = Exit::some_failed;
  }
}

}  // namespace

void add_check_command(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("check", "Check numbers in bulk: a plain list, or a column of a CSV or TSV");
  command->add_option("file", arguments->file, "One number a line, or a table; - reads from the pipe")
      ->capture_default_str();
  const std::map<std::string, TableKind> kinds{{"auto", TableKind::automatic}, {"cn_id", TableKind::cn_id},
                                               {"iin", TableKind::iin},        {"bin", TableKind::bin},
                                               {"mrz", TableKind::mrz},        {"case_number", TableKind::case_number}};
  add_choice(*command, "--kind", arguments->table.kind, kinds,
             "auto, cn_id, iin, bin, mrz (lines joined by |) or case_number")
      ->option_text("KIND");
  const std::map<std::string, TableFormat> formats{{"csv", TableFormat::csv}, {"jsonl", TableFormat::jsonl}};
  add_choice(*command, "--format", arguments->table.format, formats, "csv or jsonl")->option_text("FORMAT");
  command->add_option("--column", arguments->table.column,
                      "Column by name or by number from 1 (a column named id_number, 身份证号, iin … is found)");
  command->add_option("--delimiter", arguments->delimiter, "Between columns; tab for a TSV (found by itself)");
  command->add_flag("--no-header", arguments->table.no_header, "The first line holds no names");
  const std::map<std::string, TableRows> rows{
      {"all", TableRows::all}, {"flagged", TableRows::flagged}, {"none", TableRows::none}};
  add_choice(*command, "--rows", arguments->table.rows, rows,
             "all, flagged (doubts and errors alone) or none (the counts alone)")
      ->option_text("ROWS");
  command->add_flag("--explain", arguments->table.explain, "Add a column that says in words why a row is flagged");
  command
      ->add_option("--threads", arguments->table.threads,
                   "Threads that check and write; the output is the same with any number")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_flag("--fold", arguments->fold, "Accept full-width digits, spaces and hyphens, and say so");
  command->add_option("--today", arguments->today,
                      "The clock for ages and future dates, as 2026-11-23 (default: today, UTC)");
  command->callback([arguments, &exit_code] { run(*arguments, exit_code); });
}

}  // namespace kualik::cli
