#pragma once
// The records that the benchmark rates, and the same rules written by hand as anyone would write them in C++.

#include <cstdint>
#include <string>
#include <vector>

namespace quy::bench {

/// What bench/rulesets/pho-thu-tuong.quy asks for; names are the pack's.
struct Evidence {
  std::int32_t giao, xong, cham, vuot_muc, dat_cl, phieu, phieu_thap, phieu_cao;
  std::int32_t nhiem_vu, nhiem_vu_dat, de_an, sang_kien, bao_cao, ton_dong, tinh_huong, tieu_cuc_keo_dai, luot_kiem_tra, giai_phap,
      noi_dung_cai_cach;
  std::int32_t chi_tieu, chi_tieu_dat, van_ban, van_ban_dat, don_vi, don_vi_tot, du_an_cham;
  bool ghi_nhan_ro, sai_sot_lon, khach_quan, sipas_tang, par_tang;
  std::int64_t giai_ngan, ke_hoach_von;
  std::int32_t sipas, par;             ///< steps: 0 yếu … 3 tốt
  std::int32_t scores[8];              ///< quarter points
  std::int32_t discipline_count;       ///< 0 or 1 acts
  bool on_duty;
  std::int32_t form;
};

struct Rated {
  std::int32_t total;                  ///< quarter points
  std::int32_t level;                  ///< 0 the best
};

/// Records with a realistic mix; the same for the same count.
std::vector<Evidence> generate(std::size_t count);

/// Plain scalar C++: no unknowns, no columns.
Rated rate(const Evidence& e);

/// One record a line, keys in the order of the struct. With `incomplete_percent`, so many records lack one field.
std::string to_ndjson(const std::vector<Evidence>& records, unsigned incomplete_percent);

}  // namespace quy::bench
