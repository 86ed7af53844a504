#include <array>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "cli/commands.h"
#include "cli/output.h"
#include "kualik/desk/transcript.h"
#include "kualik/record/hash.h"
#include "kualik/record/mask.h"
#include "kualik/record/private_file.h"
#include "kualik/record/source.h"

namespace kualik::cli {
namespace {

struct ParseArguments {
  std::vector<std::string> files;
  std::string format = "jsonl";
  std::string today;
  bool bom = false;
  bool redact = false;
  std::uint64_t max_size = std::uint64_t{64} << 20;
};

[[noreturn]] void too_long(std::uint64_t limit) {
  throw std::runtime_error("a text of more than " + std::to_string(limit) + " bytes (--max-size)");
}

std::string read_input(std::uint64_t limit) {
  std::string text;
  std::array<char, std::size_t{1} << 16> block{};
  while (std::cin.read(block.data(), block.size()) || std::cin.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() > limit) too_long(limit);
  }
  return text;
}

int parse(const ParseArguments& arguments) {
  Output output(arguments.format, {}, arguments.bom);
  std::size_t failed = 0;
  std::vector<std::string> files = arguments.files;
  if (files.empty()) files.emplace_back("-");
  for (const std::string& file : files) {
    try {
      record::Source source;
      std::string text;
      if (file == "-") {
        text = read_input(arguments.max_size);
        source.name = "-";
        source.size = text.size();
        source.sha256 = record::sha256(text);
      } else {
        std::error_code unknown;
        const std::uintmax_t size = std::filesystem::file_size(file, unknown);
        if (!unknown && size > arguments.max_size) too_long(arguments.max_size);
        source = record::hash_source(file);
        text = record::read_whole_file(file, arguments.max_size);
      }
      std::vector<record::Entry> entries = desk::parse_transcript(text, source, arguments.today);
      for (std::size_t i = 0; i < entries.size(); ++i)
        output.write(arguments.redact ? record::mask(entries[i]) : entries[i], i + 1);
    } catch (const std::exception& fault) {
      ++failed;
      say(file + ": " + fault.what());
    }
  }
  output.flush();
  return failed > 0 ? Exit::some_failed : Exit::done;
}

}  // namespace

void add_parse_command(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ParseArguments>();
  CLI::App* command =
      app.add_subcommand("parse", "Find documents and their fields in typed transcripts, subtitles and OCR text");
  command->add_option("files", arguments->files, "Text files in UTF-8; `-` or none: standard input");
  command->add_option("--format", arguments->format, "jsonl, csv, documents or table")
      ->check(CLI::IsMember(output_formats))
      ->capture_default_str();
  command->add_flag("--bom", arguments->bom, "Begin CSV with a byte order mark");
  command->add_flag("--redact", arguments->redact, "Mask private values");
  command
      ->add_option("--max-size", arguments->max_size,
                   "Refuse longer texts; bytes, or with a unit: 64MiB (parsing takes 20 to 80 times as much memory)")
      ->transform(CLI::AsSizeValue(false))
      ->capture_default_str();
  command->add_option("--today", arguments->today,
                      "Date that ages and future dates are judged by, YYYY-MM-DD (default: the system's)");
  command->callback([arguments, &exit_code] { exit_code = parse(*arguments); });
}

}  // namespace kualik::cli
