#pragma once
// The bar on a terminal: share done, files done, time left. Draws nothing when stderr is no terminal.

#include <chrono>
#include <cstddef>
#include <string>

namespace kualik::cli {

class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// Draws at most ten times a second.
  void show(double share, std::size_t done, std::size_t all);
  /// Takes the bar away, so that a message can stand in its line.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_{};
};

/// "1:02:03" or "2:03".
std::string duration(double seconds);

}  // namespace kualik::cli
