#pragma once
// A made-up entry with every part filled in, for the tests of the writers. The person of the number was born in 1893.

#include "kualik/record/entry.h"

namespace kualik::record {

inline Entry sample_entry(const std::string& name = "a.mp4", char hash_digit = 'a') {
  Entry e;
  e.record.source = {name, "clips/" + name, std::string(64, hash_digit), 123456, 1280, 720, 25.0, 61.2};
  e.record.kind = documents::Kind::cn_id_portrait;
  e.record.score = 0.98;
  e.record.first_seen_s = 1.2;
  e.record.last_seen_s = 3.4;
  e.record.frames_seen = 55;
  e.record.frames_read = 7;
  e.record.rotation = 90;
  e.record.mirrored = true;
  e.record.quad = Quad::from_rect({10, 20, 300, 200});
  e.record.quad_frame = 60;
  e.record.quad_time_s = 2.4;
  e.record.thumbnail = name + ".d/0001-frame.jpg";
  e.record.thumbnail_sha256 = std::string(64, 'd');
  e.record.thumbnail_area = {5, 6, 640, 360};
  Field id;
  id.key = "id_number";
  id.value = "650102189307010018";
  id.raw = "65O102189307010018";
  id.script = "Latn";
  id.confidence = 0.9934999;
  id.status = Status::doubtful;
  id.reasons = {Reason::repaired, Reason::frames_disagree};
  id.agree = 6;
  id.seen = 7;
  id.alternatives = {{"650102189307010019", 0.004}};
  id.evidence =
      Evidence{61, 2.44, Quad::from_rect({40.123, 180, 200, 20}), name + ".d/0001-id_number.png", std::string(64, 'c')};
  Field name_field;
  name_field.key = "name";
  name_field.value = "阿不都·热合曼";
  name_field.raw = "阿不都•热合曼";
  name_field.script = "Hans";
  name_field.confidence = 0.8;
  name_field.subject = 1;
  name_field.detail = "dot folded";
  name_field.span = Span{3, 10};
  e.record.fields = {id, name_field};
  e.record.checks = {{"birth_date_matches_id_number", documents::Verdict::agrees, {"birth_date", "id_number"}, 0, ""},
                     {"sex_matches_id_number", documents::Verdict::disagrees, {"sex", "id_number"}, 1, "parity"}};
  e.record.text = "姓名 阿不都·热合曼\n\"quoted\"";
  e.record.text_script = "Hans";
  e.engine = {"0.1.0", "5.3.0", {{"digits", std::string(64, 'e')}}};
  e.catalogue = {"4711", {{"village", "Қараой, «А»"}, {"note", "two\nlines"}}};
  return e;
}

}  // namespace kualik::record
