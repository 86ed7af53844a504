#include <cstdint>
#include <memory>

#include "cli/commands.h"
#include "cli/progress_bar.h"
#include "kualik/desk/redact.h"
#include "kualik/record/hash.h"

namespace kualik::cli {
namespace {

struct RedactArguments {
  std::string video;
  std::string copy;
  desk::RedactOptions options;
};

int redact(const RedactArguments& arguments) {
  watch_signals();
  silence_libraries();
  ProgressBar bar;
  try {
    const desk::RedactSummary done =
        desk::redact(arguments.video, arguments.copy, arguments.options, [&](double share, double) {
          bar.show(share, 0, 1);
          return !stop_requested.load();
        });
    bar.clear();
    say(arguments.copy + ": " + std::to_string(done.frames_covered) + " of " + std::to_string(done.frames) +
        " frames covered, " + std::to_string(done.documents) + " documents read, " + record::hash_string(done.sha256) +
        ". Look at the copy before it is given away.");
    return Exit::done;
  } catch (const std::exception& fault) {
    bar.clear();
    say(arguments.video + ": " + fault.what());
    return stop_requested.load() ? Exit::interrupted : Exit::some_failed;
  }
}

}  // namespace

void add_redact_command(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RedactArguments>();
  CLI::App* command = app.add_subcommand("redact", "Write a copy with solid boxes over documents' private fields");
  command->add_option("video", arguments->video, "Video or image")->required();
  command->add_option("--out", arguments->copy, "The copy")->required();
  command
      ->add_option("--keys", arguments->options.keys,
                   "Cover these fields only, e.g. id_number,address (default: whole documents)")
      ->delimiter(',');
  command->add_flag("--keep-audio", arguments->options.keep_audio,
                    "Keep the sound; it is dropped otherwise, since a voice identifies a person");
  command->add_option("--threads", arguments->options.reader.threads, "Threads for reading")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_option("--max-pixels", arguments->options.reader.max_pixels, "Refuse larger frames and images")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))
      ->capture_default_str();
  command->callback([arguments, &exit_code] { exit_code = redact(*arguments); });
}

}  // namespace kualik::cli
