#include "address.h"

#include <algorithm>

#include "anchors.h"
#include "kualik/text/dates.h"
#include "kualik/text/utf8.h"
#include "mentions.h"
#include "statements.h"

namespace kualik::documents {

namespace {

constexpr std::size_t longest_address = 70;

constexpr std::u32string_view address_labels[] = {
    U"常住户口所在地", U"户籍所在地", U"户口所在地", U"户籍地址", U"户籍住址", U"户籍地",     U"户籍",
    U"家庭住址",       U"家庭地址",   U"现住址",     U"现住地",   U"住所地",   U"经常居住地", U"居住地",
    U"住址",           U"住所",       U"捕前住",     U"现住",     U"家住",     U"原住",       U"住"};

// Words that begin the next statement where an address ends without a mark.
constexpr std::u32string_view after_address[] = {
    U"公民身份", U"身份证",   U"现住址",   U"现住",   U"工作单位", U"职业",    U"文化程度", U"联系",
    U"因涉嫌",   U"因犯",     U"因本案",   U"户籍",   U"违法经历", U"民族",    U"出生",     U"性别",
    U"姓名",     U"原判",     U"罪名",     U"案由",   U"刑期",     U"单位",    U"涉嫌",     U"电话",
    U"同户籍",   U"证件",     U"刑事拘留", U"依法",   U"执行逮捕", U"予以",    U"暂住",     U"经常居住",
    U"捕前",     U"居民身份", U"主要违法", U"现羁押", U"现押",     U"现于",    U"现在",     U"上列",
    U"上述",     U"以上",     U"被告人",   U"判决",   U"判处",     U"执行拘留"};

// Where an address stops that runs into the name of a procuratorate or court, its full stop lost: behind the last part
// of an address before that name; `end` where none is named.
std::size_t before_authority(std::u32string_view chars, Range address) {
  constexpr std::u32string_view authorities[] = {U"人民检察院", U"人民法院"};
  constexpr std::u32string_view last_parts = U"号室户组队栋村社路街镇乡";
  for (std::size_t at = address.begin + 1; at < address.end; ++at) {
    for (const std::u32string_view authority : authorities) {
      if (!word_at(chars, at, authority)) continue;
      for (std::size_t k = at; k > address.begin + 2; --k)
        if (last_parts.find(chars[k - 1]) != std::u32string_view::npos) return k;
      return address.end;
    }
  }
  return address.end;
}

// 同上, 与被告人X相同, 不详: no address, or one that is stated elsewhere.
bool states_none(std::u32string_view chars, Range r) {
  if (chars[r.begin] == U'与')
    for (const std::u32string_view word :
         {std::u32string_view(U"相同"), std::u32string_view(U"一致"), std::u32string_view(U"上同")})
      if (find_exact(chars, r, word)) return true;
  for (const std::u32string_view word :
       {std::u32string_view(U"同上"), std::u32string_view(U"同前"), std::u32string_view(U"同户籍"),
        std::u32string_view(U"同被告"), std::u32string_view(U"同犯罪嫌疑人"), std::u32string_view(U"不详"),
        std::u32string_view(U"派出所"), std::u32string_view(U"公安")})
    if (word_at(chars, r.begin, word)) return true;
  // 户籍听地: the label's own end, misread.
  if (r.size() > 2 && is_lookalike(chars[r.begin], U'所') && chars[r.begin + 1] == U'地') return true;
  return find_exact(chars, {r.begin, std::min(r.end, r.begin + 5)}, U"在地").has_value();
}

// 因涉嫌…, 因聚众…罪: what follows an address, not 因 in the name of a place.
bool states_reason(std::u32string_view chars, std::size_t at) {
  if (chars[at] != U'因') return false;
  for (std::size_t i = at + 1; i < chars.size() && i < at + 30 && !is_clause_mark(chars[i]); ++i)
    if (chars[i] == U'罪' || word_at(chars, i, U"涉嫌") || word_at(chars, i, U"本案")) return true;
  return false;
}

// 住 right behind the digits of a number whose comma was not read.
bool behind_number(std::u32string_view chars, std::size_t i) {
  return i > 0 && ((chars[i - 1] >= U'0' && chars[i - 1] <= U'9') || chars[i - 1] == U'X');
}

// Places whose names begin with 于, which may also join an address to its label (住于霍城县).
bool names_place(std::u32string_view chars, std::size_t at) {
  return word_at(chars, at, U"于田") || word_at(chars, at, U"于都") || word_at(chars, at, U"于洪");
}

AddressOf said_by(std::u32string_view label) {
  return label.find(U'户') != std::u32string_view::npos ? AddressOf::registered : AddressOf::lived_at;
}

// 户籍地、住所地均为…, 户籍所在地及住址：…: behind the labels that share an address.
std::size_t behind_joined_labels(std::u32string_view chars, std::size_t i, std::size_t end) {
  while (i + 1 < end &&
         (chars[i] == U'、' || chars[i] == U',' || chars[i] == U'及' || chars[i] == U'和' || chars[i] == U'与')) {
    std::size_t longest = 0;
    for (const std::u32string_view label : address_labels)
      if (label.size() > longest && word_at(chars, i + 1, label)) longest = label.size();
    if (longest == 0) break;
    i += 1 + longest;
  }
  return i;
}

// 户籍 in 户籍地, 住 in 住址: part of a label that is looked for by itself.
bool begins_longer_label(std::u32string_view chars, std::size_t at, std::size_t size) {
  return std::any_of(std::begin(address_labels), std::end(address_labels),
                     [&](std::u32string_view label) { return label.size() > size && word_at(chars, at, label); });
}

// Words that begin the next statement and stand in names of places as well: 民族路, 职业学院家属院,
// 自治区直辖县级行政单位.
bool within_place(std::u32string_view chars, std::size_t at) {
  const auto followed = [&](std::size_t size, std::u32string_view by) {
    return at + size < chars.size() && by.find(chars[at + size]) != std::u32string_view::npos;
  };
  if (word_at(chars, at, U"民族")) return followed(2, U"乡镇路街巷村团大小新社中园");
  if (word_at(chars, at, U"职业")) return followed(2, U"技学中高教病");
  if (word_at(chars, at, U"单位")) return at >= 2 && word_at(chars, at - 2, U"行政");
  return false;
}

// 福海县阔克阿尕什乡住福海镇: the comma before another address was not read.
bool lives_behind(std::u32string_view chars, std::size_t at) {
  constexpr std::u32string_view last_parts = U"省州市县区旗乡镇村街路巷号室户组队栋团场";
  if (chars[at] != U'住' || at == 0 || last_parts.find(chars[at - 1]) == std::u32string_view::npos) return false;
  return at + 1 < chars.size() && std::u32string_view(U"宅房建院所宿").find(chars[at + 1]) == std::u32string_view::npos;
}

// 农民住霍城县: behind the end of what is said of a man's work or schooling, the comma not read.
bool behind_statement(std::u32string_view chars, std::size_t i) {
  constexpr std::u32string_view ends = U"民业工员化度师商族生盲";
  if (i == 0 || i + 1 >= chars.size() || chars[i] != U'住') return false;
  return ends.find(chars[i - 1]) != std::u32string_view::npos &&
         std::u32string_view(U"宅房建院所宿").find(chars[i + 1]) == std::u32string_view::npos;
}

// A charge, a day or an office of the police stands in what should be an address.
bool runs_on(std::u32string_view chars, Range address) {
  for (const std::u32string_view word :
       {std::u32string_view(U"罪"), std::u32string_view(U"公安局"), std::u32string_view(U"检察院"),
        std::u32string_view(U"法院"), std::u32string_view(U"出生")})
    if (find_exact(chars, address, word)) return true;
  return text::find_date(chars, address.begin, address.end).has_value();
}

}  // namespace

std::optional<Field> read_address(const Sheet& sheet, Range block, AddressOf which) {
  const auto chars = sheet.chars();
  for (const std::u32string_view label : address_labels) {
    if (which != AddressOf::any && which != said_by(label)) continue;
    for (std::size_t from = block.begin; from < block.end;) {
      std::optional<Range> hit = find_exact(chars, {from, block.end}, label);
      if (!hit && label.size() >= 5 && from == block.begin)
        if (const auto bent = find_label(chars, block, label)) hit = bent->range;
      if (!hit) break;
      from = hit->end;
      if (label.size() <= 2 && !begins_token(sheet, hit->begin, block.begin) && !behind_number(chars, hit->begin) &&
          !behind_statement(chars, hit->begin))
        continue;
      if (begins_longer_label(chars, hit->begin, label.size())) continue;
      std::size_t i = behind_joined_labels(chars, hit->end, block.end);
      while (i < block.end && (is_clause_mark(chars[i]) || chars[i] == U'均' || chars[i] == U'为' ||
                               chars[i] == U'是' || chars[i] == U'系' || is_close_bracket(chars[i])))
        ++i;
      if (i < block.end && (chars[i] == U'于' || chars[i] == U'在') && !names_place(chars, i)) ++i;
      std::size_t end = i;
      const std::size_t limit = std::min(block.end, i + longest_address);
      for (; end < limit; ++end) {
        const char32_t c = chars[end];
        if (is_clause_mark(c) || is_open_bracket(c) || is_close_bracket(c) ||
            (c == U'.' && end > i && text::is_han(chars[end - 1])))
          break;
        bool stop = false;
        for (const auto word : after_address) stop = stop || (end > i && word_at(chars, end, word));
        stop = stop && !within_place(chars, end);
        stop = stop || (end > i && (states_reason(chars, end) || lives_behind(chars, end) ||
                                    begins_labelled_line(sheet, end, block.end)));
        if (stop) break;
      }
      Range r = trim(sheet, {i, before_authority(chars, {i, end})});
      // 同上, 不详, 无 say that there is none, and so does another label (住户籍地).
      const bool label_again =
          std::find(std::begin(address_labels), std::end(address_labels), sheet.view(r)) != std::end(address_labels);
      if (r.size() < 3 || label_again || states_none(chars, r)) continue;
      // A full stop in the middle of its square is read as a dot.
      while (r.size() > 1 && text::is_name_dot(chars[r.end - 1])) --r.end;
      Field f = sheet.field("address", sheet.printed(r), r);
      doubt_place_words(f);
      // 住该县芒卡镇
      if ((chars[r.begin] == U'该' || chars[r.begin] == U'本') &&
          std::u32string_view(U"省州市县区旗师团乡镇村").find(chars[r.begin + 1]) != std::u32string_view::npos) {
        f.reasons.add(Reason::ambiguous);
        f.detail = "its place is named elsewhere in the paper";
      }
      if (runs_on(chars, r)) {
        f.reasons.add(Reason::ambiguous);
        f.detail = "runs on into what follows";
      }
      return f;
    }
  }
  return std::nullopt;
}

std::optional<AddressElsewhere> read_address_elsewhere(const Sheet& sheet, Range block) {
  constexpr std::size_t longest = 24;  // of 与被告人X相同
  const auto chars = sheet.chars();
  for (const std::u32string_view label : address_labels) {
    for (std::size_t from = block.begin; from < block.end;) {
      const auto hit = find_exact(chars, {from, block.end}, label);
      if (!hit) break;
      from = hit->end;
      if (label.size() <= 2 && !begins_token(sheet, hit->begin, block.begin)) continue;
      if (begins_longer_label(chars, hit->begin, label.size())) continue;
      std::size_t i = behind_joined_labels(chars, hit->end, block.end);
      while (i < block.end && (is_clause_mark(chars[i]) || chars[i] == U'均')) ++i;
      if (i >= block.end || (chars[i] != U'同' && chars[i] != U'与')) continue;
      std::size_t end = i + 1;
      while (end < std::min(block.end, i + longest) && (text::is_han(chars[end]) || text::is_name_dot(chars[end])))
        ++end;
      const bool above = word_at(chars, i, U"同上") || word_at(chars, i, U"同前") || word_at(chars, i, U"与上");
      // 住同心县 is a place, 住同一小区 is no address.
      if (!above && !word_at(chars, i, U"同被告") && !word_at(chars, i, U"同犯罪嫌疑人") && chars[i] != U'与') continue;
      return AddressElsewhere{{i, above ? i + 2 : end}, said_by(label), above};
    }
  }
  return std::nullopt;
}

}  // namespace kualik::documents
