#include "bench/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "bench/random.h"

namespace quy::bench {
namespace {

Evidence one(Random& random) {
  Evidence e{};
  auto part = [&](std::int32_t whole) {
    std::int32_t short_by = random.chance(40) ? random.up_to(std::max(1, whole / 8)) : 0;
    return std::max(0, whole - short_by);
  };
  e.giao = 20 + random.up_to(100);
  e.xong = random.chance(70) ? e.giao : part(e.giao);
  e.cham = random.chance(60) ? 0 : random.up_to(e.giao / 4);
  e.vuot_muc = std::min(e.xong, e.giao * (20 + random.up_to(20)) / 100);
  e.dat_cl = random.chance(60) ? e.xong : part(e.xong);
  e.phieu = random.chance(10) ? 0 : 50 + random.up_to(200);
  e.phieu_thap = random.up_to(e.phieu / (random.chance(5) ? 1 : 4));
  e.phieu_cao = random.up_to(e.phieu - e.phieu_thap);
  e.nhiem_vu = random.up_to(40);
  e.nhiem_vu_dat = part(e.nhiem_vu);
  for (std::int32_t* field : {&e.de_an, &e.sang_kien, &e.bao_cao, &e.tinh_huong, &e.giai_phap, &e.noi_dung_cai_cach}) *field = random.up_to(4);
  e.ton_dong = random.chance(80) ? 0 : random.up_to(5);
  e.tieu_cuc_keo_dai = random.chance(90) ? 0 : 1;
  e.luot_kiem_tra = random.up_to(12);
  e.chi_tieu = random.up_to(20);
  e.chi_tieu_dat = part(e.chi_tieu);
  e.van_ban = random.up_to(60);
  e.van_ban_dat = part(e.van_ban);
  e.don_vi = random.up_to(15);
  e.don_vi_tot = part(e.don_vi);
  e.du_an_cham = random.chance(85) ? 0 : 1;
  e.ghi_nhan_ro = random.chance(85);
  e.sai_sot_lon = random.chance(4);
  e.khach_quan = random.chance(10);
  e.sipas_tang = random.chance(50);
  e.par_tang = random.chance(50);
  e.ke_hoach_von = 1000000000LL * random.up_to(90000);
  e.giai_ngan = e.ke_hoach_von / 100 * (80 + random.up_to(20));
  e.sipas = random.up_to(3);
  e.par = random.up_to(3);
  for (std::size_t i = 0; i < std::size(e.scores); ++i) e.scores[i] = (i < 6 ? 16 : 12) - random.up_to(5);
  e.discipline_count = random.chance(3) ? 1 : 0;
  e.on_duty = random.chance(50);
  e.form = random.up_to(3);
  return e;
}

}  // namespace

std::vector<Evidence> generate(std::size_t count) {
  Random random(20250830);
  std::vector<Evidence> records;
  records.reserve(count);
  for (std::size_t i = 0; i < count; ++i) records.push_back(one(random));
  return records;
}

Rated rate(const Evidence& e) {
  auto at_least = [](std::int64_t part, std::int64_t whole, std::int64_t percent) { return whole == 0 || part * 100 >= whole * percent; };
  std::int32_t total = 0;
  for (std::int32_t score : e.scores) total += score;
  total += at_least(e.nhiem_vu_dat, e.nhiem_vu, 90) ? 20 : 0;
  total += e.de_an >= 2 ? 20 : 0;
  total += e.sang_kien >= 1 ? 16 : 0;
  total += e.bao_cao >= 2 ? 16 : 0;
  // With no targets only the objective cause counts: what is left out is passed over.
  bool targets = e.chi_tieu == 0 ? e.khach_quan : at_least(e.chi_tieu_dat, e.chi_tieu, 95) || e.khach_quan;
  total += targets ? 24 : 0;
  total += e.ton_dong == 0 ? 16 : 0;
  total += e.tinh_huong >= 2 && e.tieu_cuc_keo_dai == 0 ? 16 : 0;
  total += e.luot_kiem_tra >= 6 && e.ghi_nhan_ro ? 20 : 0;
  total += e.giai_phap >= 1 && e.noi_dung_cai_cach >= 2 ? 20 : 0;
  total += !e.sai_sot_lon && at_least(e.van_ban_dat, e.van_ban, 80) ? 20 : 0;
  total += at_least(e.don_vi_tot, e.don_vi, 90) ? 20 : 0;
  total += at_least(e.giai_ngan, e.ke_hoach_von, 95) && e.du_an_cham == 0 ? 20 : 0;
  total += e.sipas >= 2 || e.sipas_tang ? 16 : 0;
  total += e.par >= 2 || e.par_tang ? 16 : 0;
  // 5 points × share, to the nearest quarter, halves up.
  total += e.phieu == 0 ? 20 : (2 * 20 * e.phieu_cao + e.phieu) / (2 * e.phieu);

  std::int32_t level = total >= 360 ? 0 : total >= 280 ? 1 : total >= 200 ? 2 : 3;
  bool all_done = e.giao == 0 || e.xong == e.giao;
  bool can[3] = {all_done && at_least(e.vuot_muc, e.giao, 30), all_done && e.cham == 0 && e.dat_cl == e.giao,
                 all_done && (e.giao == 0 || e.cham * 100 <= e.giao * 20)};
  while (level < 3 && !can[level]) ++level;
  bool forced = (e.giao != 0 && e.xong * 100 < e.giao * 70) || (e.phieu != 0 && e.phieu_thap * 100 > e.phieu * 50) ||
                (e.discipline_count > 0 && e.on_duty);
  return {total, forced ? 3 : level};
}

std::string to_ndjson(const std::vector<Evidence>& records, unsigned incomplete_percent) {
  static const char* const steps[] = {"yeu", "trung_binh", "kha", "tot"};
  static const char* const forms[] = {"khien_trach", "canh_cao", "cach_chuc", "khai_tru"};
  std::string text;
  text.reserve(records.size() * 1100);
  auto out = std::back_inserter(text);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Evidence& e = records[i];
    bool incomplete = i % 100 < incomplete_percent;
    fmt::format_to(out, R"({{"id":"DO-{:07}","subject":"do.pho_thu_tuong","period":"2025","unit":"U{:04}","evidence":{{)", i, i % 5000);
    fmt::format_to(out, R"("giao":{},"xong":{},"cham":{},"vuot_muc":{},"dat_cl":{},"phieu":{},"phieu_thap":{},"phieu_cao":{},)", e.giao, e.xong,
                   e.cham, e.vuot_muc, e.dat_cl, e.phieu, e.phieu_thap, e.phieu_cao);
    if (e.discipline_count > 0)
      fmt::format_to(out, R"("ky_luat":[{{"cong_vu":{},"hinh_thuc":"{}"}}],)", e.on_duty, forms[e.form]);
    else
      fmt::format_to(out, R"("ky_luat":[],)");
    fmt::format_to(out, R"("nhiem_vu":{},"nhiem_vu_dat":{},"de_an":{},"sang_kien":{},"bao_cao":{},"ton_dong":{},"tinh_huong":{},)", e.nhiem_vu,
                   e.nhiem_vu_dat, e.de_an, e.sang_kien, e.bao_cao, e.ton_dong, e.tinh_huong);
    fmt::format_to(out, R"("tieu_cuc_keo_dai":{},)", e.tieu_cuc_keo_dai);
    if (!incomplete) fmt::format_to(out, R"("luot_kiem_tra":{},)", e.luot_kiem_tra);
    fmt::format_to(out, R"("giai_phap":{},"noi_dung_cai_cach":{},"chi_tieu":{},"chi_tieu_dat":{},"van_ban":{},"van_ban_dat":{},)", e.giai_phap,
                   e.noi_dung_cai_cach, e.chi_tieu, e.chi_tieu_dat, e.van_ban, e.van_ban_dat);
    fmt::format_to(out, R"("don_vi":{},"don_vi_tot":{},"du_an_cham":{},"ghi_nhan_ro":{},"sai_sot_lon":{},"khach_quan":{},)", e.don_vi,
                   e.don_vi_tot, e.du_an_cham, e.ghi_nhan_ro, e.sai_sot_lon, e.khach_quan);
    fmt::format_to(out, R"("sipas_tang":{},"par_tang":{},"giai_ngan":{},"ke_hoach_von":{},"sipas":"{}","par":"{}"}},)", e.sipas_tang, e.par_tang,
                   e.giai_ngan, e.ke_hoach_von, steps[e.sipas], steps[e.par]);
    fmt::format_to(out, R"("scores":{{"decision":{{)");
    for (std::size_t k = 0; k < std::size(e.scores); ++k)
      fmt::format_to(out, R"({}"c{}":{}.{:02})", k == 0 ? "" : ",", k + 1, e.scores[k] / 4, e.scores[k] % 4 * 25);
    fmt::format_to(out, "}}}}}}\n");
  }
  return text;
}

}  // namespace quy::bench
