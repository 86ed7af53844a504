#pragma once
// Where the fields of each kind of machine-readable zone stand.

#include <span>
#include <string_view>

#include "kualik/numbers/mrz.h"

namespace kualik::numbers::detail {

/// One field of a format. `check` is the column of its check digit in the same line, -1 for none; `composite` if the
/// composite covers it.
struct FieldSpec {
  std::string_view key;
  int line, begin, end, check;
  bool composite;
};
struct Slice {
  int line, begin, end;
};
struct FormatSpec {
  MrzFormat format;
  int lines, width, name_line;
  std::span<const FieldSpec> fields;
  std::span<const Slice> composite;  ///< What the composite runs over; empty: none.
  int composite_line, composite_at;
};

// Doc 9303-5, 4.2; 9303-6, 4.2; 9303-4, 4.2; 9303-7, 4.2 and 5.2.
inline constexpr FieldSpec td1_fields[] = {
    {"document_code", 0, 0, 2, -1, false},   {"issuing_state", 0, 2, 5, -1, false},
    {"document_number", 0, 5, 14, 14, true}, {"optional_data", 0, 15, 30, -1, true},
    {"birth_date", 1, 0, 6, 6, true},        {"sex", 1, 7, 8, -1, false},
    {"expiry_date", 1, 8, 14, 14, true},     {"nationality", 1, 15, 18, -1, false},
    {"optional_data2", 1, 18, 29, -1, true}, {"names", 2, 0, 30, -1, false}};
inline constexpr Slice td1_composite[] = {{0, 5, 30}, {1, 0, 7}, {1, 8, 15}, {1, 18, 29}};
inline constexpr FieldSpec td2_fields[] = {{"document_code", 0, 0, 2, -1, false}, {"issuing_state", 0, 2, 5, -1, false},
                                           {"names", 0, 5, 36, -1, false},        {"document_number", 1, 0, 9, 9, true},
                                           {"nationality", 1, 10, 13, -1, false}, {"birth_date", 1, 13, 19, 19, true},
                                           {"sex", 1, 20, 21, -1, false},         {"expiry_date", 1, 21, 27, 27, true},
                                           {"optional_data", 1, 28, 35, -1, true}};
inline constexpr Slice td2_composite[] = {{1, 0, 10}, {1, 13, 20}, {1, 21, 35}};
inline constexpr FieldSpec td3_fields[] = {
    {"document_code", 0, 0, 2, -1, false},   {"issuing_state", 0, 2, 5, -1, false},
    {"names", 0, 5, 44, -1, false},          {"document_number", 1, 0, 9, 9, true},
    {"nationality", 1, 10, 13, -1, false},   {"birth_date", 1, 13, 19, 19, true},
    {"sex", 1, 20, 21, -1, false},           {"expiry_date", 1, 21, 27, 27, true},
    {"personal_number", 1, 28, 42, 42, true}};
inline constexpr Slice td3_composite[] = {{1, 0, 10}, {1, 13, 20}, {1, 21, 43}};
inline constexpr FieldSpec mrv_a_fields[] = {
    {"document_code", 0, 0, 2, -1, false},  {"issuing_state", 0, 2, 5, -1, false},
    {"names", 0, 5, 44, -1, false},         {"document_number", 1, 0, 9, 9, false},
    {"nationality", 1, 10, 13, -1, false},  {"birth_date", 1, 13, 19, 19, false},
    {"sex", 1, 20, 21, -1, false},          {"expiry_date", 1, 21, 27, 27, false},
    {"optional_data", 1, 28, 44, -1, false}};
inline constexpr FieldSpec mrv_b_fields[] = {
    {"document_code", 0, 0, 2, -1, false},  {"issuing_state", 0, 2, 5, -1, false},
    {"names", 0, 5, 36, -1, false},         {"document_number", 1, 0, 9, 9, false},
    {"nationality", 1, 10, 13, -1, false},  {"birth_date", 1, 13, 19, 19, false},
    {"sex", 1, 20, 21, -1, false},          {"expiry_date", 1, 21, 27, 27, false},
    {"optional_data", 1, 28, 36, -1, false}};
// Layout from a public reader of the permit; not compared with GA/T 704.16-2015.
inline constexpr FieldSpec permit_fields[] = {{"document_code", 0, 0, 2, -1, false},
                                              {"document_number", 0, 2, 11, 11, true},
                                              {"expiry_date", 0, 13, 19, 19, true},
                                              {"birth_date", 0, 21, 27, 27, true}};
inline constexpr Slice permit_composite[] = {{0, 2, 12}, {0, 13, 20}, {0, 21, 28}};

inline constexpr FormatSpec mrz_formats[] = {{MrzFormat::td1, 3, 30, 2, td1_fields, td1_composite, 1, 29},
                                             {MrzFormat::td2, 2, 36, 0, td2_fields, td2_composite, 1, 35},
                                             {MrzFormat::td3, 2, 44, 0, td3_fields, td3_composite, 1, 43},
                                             {MrzFormat::mrv_a, 2, 44, 0, mrv_a_fields, {}, 0, -1},
                                             {MrzFormat::mrv_b, 2, 36, 0, mrv_b_fields, {}, 0, -1},
                                             {MrzFormat::cn_permit, 1, 30, -1, permit_fields, permit_composite, 0, 29}};

}  // namespace kualik::numbers::detail
