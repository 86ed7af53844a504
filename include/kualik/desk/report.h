#pragma once
// The review page: one HTML file that holds everything and asks the network for nothing.
//
//   record::write_private_file("report.html", report_page(archive, {}));

#include <string>

#include "kualik/desk/archive.h"

namespace kualik::desk {

struct ReportOptions {
  bool mask{false};     ///< Masked values and no pictures (default: false).
  bool pictures{true};  ///< Embed thumbnails and crops, if they were kept (default: true).
};

/// The page for all documents of the archive, doubts first. Memory: the page, with its pictures in base 64.
std::string report_page(const Archive& archive, const ReportOptions& options = {});

}  // namespace kualik::desk
