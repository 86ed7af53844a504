#include "cli/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "cli/commands.h"

namespace kualik::cli {

std::string duration(double seconds) {
  const auto all = static_cast<long>(std::llround(std::clamp(seconds, 0.0, 3.6e8)));
  char text[40];
  if (all >= 3600)
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", all / 3600, all / 60 % 60, all % 60);
  else
    std::snprintf(text, sizeof text, "%ld:%02ld", all / 60, all % 60);
  return text;
}

ProgressBar::ProgressBar() : terminal_(::isatty(::fileno(messages)) == 1) {}

void ProgressBar::show(double share, std::size_t done, std::size_t all) {
  const Clock::time_point now = Clock::now();
  if (!terminal_ || (drawn_ && now - last_ < std::chrono::milliseconds(100))) return;
  last_ = now;
  drawn_ = true;
  constexpr int width = 30;
  const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * width);
  std::string bar(static_cast<std::size_t>(full), '#');
  bar.resize(width, '.');
  const double spent = std::chrono::duration<double>(now - start_).count();
  const std::string left = share > 0.005 ? duration(spent * (1 - share) / share) + " left" : "";
  std::fprintf(messages, "\r\033[K[%s] %3.0f%%  %zu/%zu files  %s", bar.c_str(), 100 * share, done, all, left.c_str());
  std::fflush(messages);
}

void ProgressBar::clear() {
  if (drawn_) std::fputs("\r\033[K", messages);
  drawn_ = false;
}

}  // namespace kualik::cli
