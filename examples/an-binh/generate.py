#!/usr/bin/env python3
"""Writes the evidence records of the invented province An Bình to records/*.ndjson.

Everything is drawn from a fixed seed, so that a second run writes the same bytes. No record is about a real person or office.

Keys are the ids of the criteria set: the Vietnamese names without marks (`nhiệm_vụ` is `nhiem_vu`). `fold` does that, so the code below
can use the names as they stand in the .quy files.
"""

import json
import math
import random
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
YEAR = 2025
rng = random.Random(366)


# ---------------------------------------------------------------- the record's shape


def fold(name):
    """`tỉ_lệ` -> `ti_le`, `đúng_hạn` -> `dung_han`."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold_keys(value):
    if isinstance(value, dict):
        return {fold(k): fold_keys(v) for k, v in value.items()}
    if isinstance(value, list):
        return [fold_keys(v) for v in value]
    return value


def left_out(reason):
    """Not applicable to this record."""
    return {"na": reason}


def did_not_arise():
    return {"none": True}


def not_yet_due(date):
    return {"due": date}


class Numbers:
    """The next identifier, AB-0001, AB-0002 …"""

    def __init__(self):
        self.last = 0

    def next(self):
        self.last += 1
        return f"AB-{self.last:04d}"


numbers = Numbers()


class Record:
    """One subject in one year. `evidence` and `scores` use the names of the criteria set."""

    def __init__(self, subject, unit, cohort):
        self.id = numbers.next()
        self.subject, self.unit, self.cohort = subject, unit, cohort
        self.evidence, self.scores, self.decisions = {}, {}, []
        self.closed = self.maxima = None

    def as_json(self):
        out = {"id": self.id, "subject": self.subject, "period": str(YEAR), "unit": self.unit, "cohort": self.cohort,
               "evidence": fold_keys(self.evidence)}
        if self.scores:
            final = fold_keys(self.scores)
            # People rate themselves a little higher; the decision is what counts.
            own = {k: v for k, v in final.items() if rng.random() < 0.5}
            out["scores"] = {"self": own, "decision": final} if own else {"decision": final}
        if self.maxima:
            out["maxima"] = fold_keys(self.maxima)
        if self.decisions:
            out["decisions"] = self.decisions
        if self.closed:
            out["closed"] = self.closed
        return out


def line(record):
    return json.dumps(record.as_json(), ensure_ascii=False, separators=(",", ":"))


# ---------------------------------------------------------------- how good a year somebody had


class Story:
    """A year: the level it is meant to end at, and `q`, the share of points people would give."""

    SHARE_OF_POINTS = {"xuất_sắc": (0.94, 1.0), "tốt": (0.78, 0.92), "hoàn_thành": (0.55, 0.72), "không_hoàn_thành": (0.25, 0.45)}

    def __init__(self, weights):
        self.level = rng.choices(list(self.SHARE_OF_POINTS), weights)[0]
        self.q = rng.uniform(*self.SHARE_OF_POINTS[self.level])

    def tasks(self):
        """giao, xong, chậm, đạt_cl, vượt_mức: what Article 11 asks about."""
        assigned = rng.randint(8, 40)
        done, late, good = assigned, 0, assigned
        beyond = rng.randint(0, math.ceil(assigned * 0.3) - 1)
        if self.level == "xuất_sắc":
            beyond = rng.randint(math.ceil(assigned * 0.3), math.ceil(assigned * 0.6))
        elif self.level == "hoàn_thành":
            late = rng.randint(1, assigned // 5)
            good = assigned - rng.randint(0, assigned // 4)
            beyond = min(beyond, good)
        elif self.level == "không_hoàn_thành":
            done = rng.randint(assigned // 4, assigned * 6 // 10)
            late = assigned - done
            good = rng.randint(done // 2, done)
            beyond = 0
        return {"giao": assigned, "xong": done, "chậm": late, "đạt_cl": good, "vượt_mức": beyond}

    def judged(self, maximum, step=0.25):
        """Points that people give."""
        points = maximum * min(1.0, max(0.0, rng.gauss(self.q, 0.06)))
        points = min(maximum, round(points / step) * step)
        return int(points) if points == int(points) else points

    def judge_all(self, maxima):
        return {name: self.judged(maximum) for name, maximum in maxima.items()}

    def holds(self):
        """A requirement that a good year meets more often."""
        return rng.random() < (1.0 if self.q > 0.97 else self.q)

    def part_of(self, whole, threshold):
        """A part of `whole` that reaches `threshold` in a good year."""
        enough = math.ceil(whole * threshold)
        return rng.randint(enough, whole) if self.holds() else rng.randint(enough * 2 // 3, max(enough - 1, 0))

    def at_least(self, threshold):
        return threshold + rng.choice([0, 0, 1, 2]) if self.holds() else rng.randint(0, threshold - 1)


def date(month, day):
    return f"{YEAR}-{month:02d}-{day:02d}"


def registers():
    """Registers that are there and empty say: none. (One that is absent would say: not known.)"""
    return {"kỷ_luật": [], "kết_luận": []}


def faults_found_before(story):
    found = rng.choice([0, 0, 0, 1, 2, 3, 5])
    return {"khuyết_điểm": found, "khắc_phục": found if story.q > 0.7 else rng.randint(0, found)}


def party_member(months=None):
    return {"miễn_sinh_hoạt": False, "đình_chỉ_sinh_hoạt": False, "tháng_kết_nạp": months or rng.randint(14, 420)}


def violation(unit, *, old=False, remedied=False):
    """One line of the register of discipline: a reprimand for a fault on duty."""
    happened = f"{YEAR - 1}-{rng.randint(3, 11):02d}-12" if old else date(rng.randint(1, 5), rng.randint(1, 28))
    return {"công_vụ": True, "đạo_đức": False, "hình_thức": rng.choice(["khien_trach", "khien_trach", "canh_cao"]),
            "hình_thức_hành_chính": left_out("không xử lý hành chính"), "ngày_vi_phạm": happened,
            "ngày_quyết_định": date(rng.randint(6, 11), rng.randint(1, 28)), "nơi_vi_phạm": unit, "cả_hai_nơi": False,
            "tăng_nặng": False, "đã_tính": False, "tự_khắc_phục": remedied, "ngoài_thẩm_quyền": False}


def decision(clause, outcome):
    return {"clause": clause, "outcome": fold(outcome), "document": f"{rng.randint(10, 99)}-QĐ/TU-AB", "date": date(12, rng.randint(15, 28)),
            "reason": "đã xem xét hoàn cảnh, tính chất, hậu quả và kết quả khắc phục"}


# ---------------------------------------------------------------- the kinds of sheet
# Judged criteria with their maxima, as `giao điểm` in the .quy files gives them.

PARTY_MEMBER_JUDGED = {"lập_trường": 8, "đạo_đức_lối_sống": 8, "sinh_hoạt_đảng": 8, "tự_phê_bình": 6, "việc_đột_xuất_địa_phương": 15}

CIVIL_SERVANT_JUDGED = {
    "bản_lĩnh": 2, "nguyên_tắc": 2, "học_tập": 1, "đạo_đức_lối_sống": 2, "liêm_chính": 1, "kỷ_luật_trách_nhiệm": 2, "đoàn_kết": 1,
    "gần_dân": 1, "hiểu_biết_lĩnh_vực": 2, "cập_nhật_kiến_thức": 1, "độc_lập_và_nhóm": 1, "công_nghệ_thông_tin": 1,
    "việc_thường_xuyên": 2, "việc_đột_xuất": 1, "trách_nhiệm": 2, "phong_cách": 1, "phối_hợp": 1, "sản_phẩm_đột_phá": 1, "việc_khó": 1,
    "nhận_trách_nhiệm": 1, "tự_phê_bình": 1, "hồ_sơ_sản_phẩm": 20, "phối_hợp_đồng_nghiệp": 8}

LEADER_JUDGED = dict.fromkeys([
    "trung_thành", "bản_lĩnh", "vì_nhân_dân", "chấp_hành_phân_công", "học_tập", "tư_duy_đổi_mới", "đạo_đức_lối_sống", "liêm_chính",
    "tu_dưỡng", "nguyên_tắc_tổ_chức", "hoạch_định", "tầm_nhìn", "cụ_thể_hoá", "điều_hành", "kiến_thức", "phát_hiện_đề_xuất",
    "độc_lập_và_nhóm", "việc_thường_xuyên", "việc_đột_xuất", "trách_nhiệm", "phong_cách", "phối_hợp", "sáng_kiến_áp_dụng", "việc_khó",
    "nhận_trách_nhiệm", "quyết_đoán", "uy_tín", "quy_tụ", "tự_phê_bình"], 1) | {
    "chỉ_tiêu_kế_hoạch": 15, "quản_lý_nhà_nước": 8, "điều_hành_đơn_vị": 6, "phối_hợp_đa_ngành": 6}

COLLECTIVE_JUDGED = dict.fromkeys(["xây_dựng_đảng", "năng_lực_lãnh_đạo", "kiểm_tra_kỷ_luật", "nguyên_tắc_tổ_chức", "bộ_máy_cải_cách",
                                   "tự_phê_bình"], 5)

CENTRAL_OFFICIAL_JUDGED = dict.fromkeys([
    "trung_thành", "vì_nhân_dân", "chấp_hành", "học_tập", "đạo_đức_lối_sống", "liêm_chính", "trung_tâm_đoàn_kết", "chủ_động_đổi_mới",
    "tư_duy_chiến_lược", "bám_sát_thực_tiễn", "dám_làm", "quy_tụ"], 2) | {"cầu_thị": 1, "kế_hoạch_khắc_phục": 1, "tự_soi_tự_sửa": 1}

PRODUCTS = [row.split(",")[0] for row in (HERE / "danh-muc-san-pham.csv").read_text("utf-8").splitlines()[1:]]

USUAL = (14, 58, 24, 4)      # excellent, good, completed, not completed: weights of a Story


def party_member_record(number):
    story = Story(USUAL)
    r = Record("qd366.pl5.dang_vien_ngoai_he_thong", f"CB-{number % 12 + 1:02d}", "dang-vien")
    tasks = story.tasks()
    if rng.random() < 0.06:                                   # the cell assigned nothing: points are shared out
        tasks = dict.fromkeys(tasks, 0)
    meetings = rng.choice([11, 12, 12, 13])
    r.evidence = tasks | faults_found_before(story) | registers() | party_member() | {
        "không_đạt": tasks["giao"] - tasks["xong"],
        "tháng_phải_nộp": 12, "tháng_nộp_đúng": 12 if story.holds() else rng.randint(7, 11),
        "buổi_sinh_hoạt": meetings, "buổi_dự": story.part_of(meetings, 0.9), "lượt_phát_biểu": story.at_least(3),
        "học_nghị_quyết": rng.choices(["du", "thieu_mot", "thieu_nhieu"], [story.q, 1 - story.q, (1 - story.q) / 3])[0]}
    if rng.random() < 0.04:
        r.evidence |= {"tháng_phải_nộp": left_out("được miễn đảng phí"), "tháng_nộp_đúng": left_out("được miễn đảng phí")}
    r.scores = story.judge_all(PARTY_MEMBER_JUDGED)
    return r


def civil_servant_record(number):
    story = Story(USUAL)
    r = Record("qd366.pl4.hanh_chinh_nha_nuoc", f"SO-{number % 15 + 1:02d}", "cong-chuc")
    tasks = story.tasks()
    products = []
    for code in rng.sample(PRODUCTS, rng.randint(2, 5)):
        assigned = rng.randint(1, 12)
        done = assigned if story.holds() else round(assigned * rng.uniform(0.4, 0.9), 1)
        products.append({"mã": code, "số_giao": assigned, "số_xong": done})
    reports = []
    for month in sorted(rng.sample(range(1, 13), rng.randint(2, 6))):
        late = not story.holds() and rng.random() < 0.6
        reports.append({"hạn": date(month, 15), "ngày_nộp": date(month, rng.randint(16, 26) if late else rng.randint(8, 15))})
    r.evidence = tasks | faults_found_before(story) | registers() | party_member() | {
        "không_đạt": tasks["giao"] - tasks["xong"],
        "kê_khai_tài_sản": True if rng.random() < 0.3 else left_out("không thuộc diện kê khai"),
        "cung_cấp_thông_tin": story.holds() or rng.random() < 0.8 if rng.random() < 0.4 else did_not_arise(),
        "sản_phẩm_được_duyệt": True, "thiếu_trách_nhiệm": False,
        "sai_sót_chung": rng.random() < (0.02 if story.q > 0.7 else 0.2), "đùn_đẩy": rng.random() < (0.01 if story.q > 0.7 else 0.15),
        "sản_phẩm": products, "báo_cáo": reports,
        "buổi_vắng": 0 if story.holds() else rng.randint(1, 5), "phản_ánh_đúng": 0 if story.holds() else rng.choice([0, 0, 1, 2])}
    if rng.random() < 0.25:                                   # officials who are not party members
        r.evidence["tháng_kết_nạp"] = left_out("không phải đảng viên")
    r.scores = story.judge_all(CIVIL_SERVANT_JUDGED)
    if rng.random() < 0.5:
        r.scores["văn_hoá_công_sở"] = story.judged(4, 0.5)
    else:                                                     # nothing noted and the record closed: presumed full
        r.closed = {"by": f"{r.unit}-THU-KY", "date": date(12, 20)}
    return r


def leader_facts(story, units):
    """Facts that the framework asks of every leader."""
    ballots = rng.randint(40, 120)
    facts = {"bất_khả_kháng": False, "chỉ_tiêu": [], "đơn_vị": units, "tiêu_cực": [], "kê_khai_tài_sản": True,
             "cung_cấp_thông_tin": True if rng.random() < 0.5 else did_not_arise(),
             "phiếu_phát_ra": ballots, "phiếu": ballots - rng.randint(0, 5), "phiếu_thấp": rng.randint(0, ballots // 10)}
    if rng.random() < 0.6:
        none_held = left_out("trong năm không lấy phiếu tín nhiệm")
        facts |= {"phiếu_phát_ra": none_held, "phiếu": none_held, "phiếu_thấp": none_held}
    return facts


def bodies_with_levels(story, bodies):
    """Results of others that are not among the records: levels that they have been given."""
    levels = ["xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh"]
    weights = [3, 10, 1, 0] if story.holds() else [0, 4, 5, 1]
    return [{"id": id, "level": rng.choices(levels, weights)[0]} for id in rng.sample(bodies, rng.randint(2, 6))]


def units_in_charge(story, collectives):
    """Results of others that the run works out itself: ids of collectives, whose years go with that of their head."""
    wanted = [unit["level"] for unit in bodies_with_levels(story, [r.id for r in collectives])]
    names = {"xuat_sac": "xuất_sắc", "tot": "tốt", "hoan_thanh": "hoàn_thành", "khong_hoan_thanh": "không_hoàn_thành"}
    chosen = []
    for level in wanted:
        alike = [r.id for r in collectives if r.meant == names[level] and r.id not in chosen]
        if alike:
            chosen.append(alike[(numbers.last * 7 + len(chosen)) % len(alike)])
    return chosen


def collective_record(number):
    story = Story(USUAL)
    r = Record("qd366.pl1.hanh_chinh_nha_nuoc", f"SO-{number % 15 + 1:02d}", "tap-the")
    r.meant = story.level
    files, capital = rng.randint(500, 20000), rng.randint(20, 900) * 10**9
    r.evidence = story.tasks() | faults_found_before(story) | registers() | {
        "bất_khả_kháng": False, "chỉ_tiêu": [],
        "kế_hoạch_vốn": capital, "vốn_giải_ngân": int(capital * min(1, rng.gauss(0.72 + 0.25 * story.q, 0.03))),
        "hồ_sơ": files, "hồ_sơ_đúng_hạn": story.part_of(files, 0.98), "lần_báo_cáo_chậm": 0 if story.holds() else rng.randint(1, 4),
        "không_họp_định_kỳ": not story.holds() and rng.random() < 0.3,
        "chuyển_đổi_số": rng.choices(["dan_dau", "dat_ke_hoach", "mot_phan", "chua_dat"],
                                     [story.q ** 4, story.q, 1 - story.q, (1 - story.q) / 2])[0],
        "nơi_trực_thuộc": bodies_with_levels(story, [f"TT-{n:03d}" for n in range(1, 60)])}
    if rng.random() < 0.2:                                    # an office without public investment
        r.evidence |= {"kế_hoạch_vốn": did_not_arise(), "vốn_giải_ngân": did_not_arise()}
    r.scores = story.judge_all(COLLECTIVE_JUDGED)
    return r


def leader_record(number, collectives):
    story = Story(USUAL)
    r = Record("qd366.pl3.hanh_chinh_nha_nuoc", f"SO-{number % 15 + 1:02d}", "lanh-dao")
    capital, complaints = rng.randint(20, 400) * 10**9, rng.choice([0, 0, 1, 2, 6])
    spent = 0.97 if story.holds() else rng.uniform(0.6, 0.94)
    r.evidence = story.tasks() | faults_found_before(story) | registers() | party_member() | leader_facts(story, units_in_charge(story, collectives)) | {
        "sai_phạm_lĩnh_vực": not story.holds() and rng.random() < 0.3,
        "khiếu_kiện": complaints, "khiếu_kiện_dứt_điểm": complaints if story.holds() else rng.randint(0, complaints),
        "kế_hoạch_vốn": capital, "vốn_giải_ngân": int(capital * spent),
        "chỉ_tiêu_giao": [{"tên_chỉ_tiêu": name, "tỉ_lệ_thực_hiện": round(rng.gauss(72 + 30 * story.q, 3), 1), "trọng_số": weight}
                          for name, weight in rng.sample([("thu ngân sách", 5), ("giải ngân", 3), ("cấp nước sạch", 2), ("giảm nghèo", 4)], 3)],
        "cuộc_đối_thoại": story.at_least(4),
        "giải_ngân_khách_quan": False}
    if spent < 0.95 and rng.random() < 0.5:                   # claimed; every third claim has no document
        claim = {"claimed": True, "reason": "mưa lũ kéo dài, không thi công được"}
        r.evidence["giải_ngân_khách_quan"] = claim if rng.random() < 0.3 else claim | {"document": "115/UBND-AB"}
    r.scores = story.judge_all(LEADER_JUDGED)
    return r


def central_official_facts(story):
    return {"tiến_bộ_rõ": story.holds(), "khắc_phục_đánh_giá_tốt": story.holds(), "tái_diễn": not story.holds()}


def provincial_secretary_record(collectives):
    story = Story((30, 55, 15, 0))
    r = Record("qd366.pl2.bi_thu_tinh_uy", "TU-AB", "bi-thu")
    units = units_in_charge(story, collectives)
    yes = story.holds

    def share(whole_name, part_name, whole, threshold=1.0):
        return {whole_name: whole, part_name: story.part_of(whole, threshold)}

    documents = []
    for n in range(rng.randint(12, 30)):
        month = rng.randint(1, 11)
        late = not story.holds() and rng.random() < 0.4
        documents.append({"số_ký_hiệu": f"{n + 1}-KL/TW-AB", "hạn": date(month, 20), "ngày_xong": date(month + 1 if late else month, rng.randint(1, 19))})
    r.evidence = story.tasks() | faults_found_before(story) | registers() | party_member() | leader_facts(story, units) \
        | central_official_facts(story) | {
        # 11.1.1
        "văn_bản_sau_hội_nghị": True,
        "đề_án_trọng_điểm": story.at_least(6), "sổ_văn_bản_tw": documents, "văn_bản_tw_có_đầu_mối": yes(), "kết_luận_lộ_bí_mật": False,
        "giao_ban_hằng_tuần": yes(), "giao_ban_biên_bản": yes(), "giao_ban_thông_báo": yes(), "sơ_tổng_kết_nghị_quyết": yes(),
        "cuộc_làm_việc": story.at_least(2), "sơ_kết_phối_hợp": True, "báo_cáo_phối_hợp_đúng_hạn": yes(),
        "báo_cáo_đúng_tình_hình": yes(), "giải_pháp_khả_thi": True,
        "phân_cấp_phù_hợp": yes(), "hội_nghị_phân_cấp": story.at_least(2), "hội_nghị_phân_cấp_kết_luận": yes(),
        "chiến_lược_ban_hành": True, "chiến_lược_phù_hợp": yes(), "chất_vấn_đúng_hạn": yes(),
        "kỳ_lấy_phiếu": not_yet_due("2026-06-30"), "kỳ_lấy_phiếu_đúng_quy_trình": not_yet_due("2026-06-30"),
        "báo_cáo_lấy_phiếu": not_yet_due("2026-07-31"),
        "đổi_mới_quy_trình": yes(), "tập_thể_đánh_giá_tích_cực": yes(), "thí_điểm_hiệu_quả": yes(), "thí_điểm_báo_cáo": yes(),
        # 11.1.2
        "mô_hình_kinh_tế_hiệu_quả": yes(), "mô_hình_kinh_tế_nhân_rộng": yes(), "cơ_chế_kinh_tế_tư_nhân": yes(), "giám_sát_kinh_tế_tư_nhân": yes(),
        "nhiệm_vụ_quân_khu": True, "kế_hoạch_an_ninh": True, "diễn_tập": did_not_arise(), "điểm_nóng": not yes(), "lộ_lọt_thông_tin": False,
        "giữ_vững_an_ninh": True, "khiếu_kiện": True, "khiếu_kiện_trái_pháp_luật": False, "bạo_loạn": False, "tụ_tập_trái_pháp_luật": False,
        "mô_hình_số": story.at_least(1), "kế_hoạch_hành_động": True, "báo_cáo_cải_cách_đúng_hạn": yes(), "yêu_cầu_bổ_sung": rng.choice([0, 0, 1, 2]),
        "dịch_vụ_công": 2000, "dịch_vụ_trực_tuyến": round(20 * rng.uniform(70, 95)), "dịch_vụ_trực_tuyến_kế_hoạch": 72,
        "hoạt_động_đối_ngoại": True, "đối_ngoại_đúng_quy_định": yes(), "thoả_thuận_mới": story.at_least(1), "thoả_thuận_theo_dõi": yes(),
        "vi_phạm_đối_ngoại": False, "ảnh_hưởng_đối_ngoại": False,
        "tổ_chức_đảng": units, "tổ_chức_bị_kết_luận_yếu_kém": 0, "đề_án_cán_bộ": story.at_least(1), "đề_án_cán_bộ_báo_cáo": yes(),
        "đề_án_cán_bộ_sơ_tổng_kết": yes(), "mô_hình_xây_dựng_đảng": yes(), "mô_hình_xây_dựng_đảng_nhân_rộng": yes(),
        "tiếp_dân_hằng_tháng": yes(), "tiếp_dân_kết_luận": yes(), "đơn_thư_kéo_dài": not yes(), "xử_lý_nghiêm_đúng_luật": True,
        "nhân_dân_đồng_tình": True, "đại_đoàn_kết": True, "mất_đoàn_kết_phụ_trách": False,
        "nơi_công_tác_đánh_giá_tốt": True, "nơi_cư_trú_đánh_giá_tốt": yes()}
    for index in ["par", "pci", "papi", "dti"]:
        before = rng.randint(5, 40)
        r.evidence |= {f"hạng_{index}": max(1, before - rng.randint(1, 6)) if yes() else before + 1, f"hạng_{index}_trước": before,
                       f"{index}_vượt_chỉ_tiêu": yes()}
    for whole, part, many, threshold in [
            ("chương_trình", "chương_trình_phân_công", 24, 1.0), ("báo_cáo_phải_gửi", "báo_cáo_đúng_quy_định", 16, 1.0),
            ("chương_trình_năm", "chương_trình_năm_đúng_hạn", 4, 1.0), ("nhiệm_vụ_địa_phương", "nhiệm_vụ_địa_phương_đạt", 120, 0.9),
            ("văn_bản_phân_cấp", "văn_bản_phân_cấp_xong", 9, 1.0), ("kiến_nghị_phân_cấp", "kiến_nghị_phân_cấp_đúng_hạn", 40, 0.9),
            ("nội_dung_chất_vấn", "nội_dung_chất_vấn_đủ", 12, 1.0), ("việc_xã_hội_môi_trường", "việc_xã_hội_môi_trường_đạt", 60, 0.95),
            ("kế_hoạch_phối_hợp", "kế_hoạch_phối_hợp_đạt", 30, 0.95), ("vụ_việc_an_ninh", "vụ_việc_an_ninh_kịp_thời", 15, 1.0),
            ("việc_cải_cách", "việc_cải_cách_đúng_tiến_độ", 35, 1.0), ("hồ_sơ_giải_quyết", "hồ_sơ_đúng_hạn", 90000, 0.96),
            ("cam_kết", "cam_kết_đúng_tiến_độ", 10, 0.9), ("tình_huống_đối_ngoại", "tình_huống_đối_ngoại_kịp_thời", 10, 0.9),
            ("vụ_việc_phức_tạp", "vụ_việc_phức_tạp_dứt_điểm", 6, 1.0), ("đơn_thư", "đơn_thư_đúng_hạn", 200, 1.0),
            ("vụ_tham_nhũng", "vụ_tham_nhũng_xử_lý", 3, 1.0), ("kết_luận_phải_thực_hiện", "kết_luận_đã_thực_hiện", 40, 0.95),
            ("kiến_nghị_kiểm_tra", "kiến_nghị_kiểm_tra_triển_khai", 25, 1.0)]:
        r.evidence |= share(whole, part, many, threshold)
    r.evidence["chương_trình_theo_dõi"] = r.evidence["chương_trình_phân_công"]
    r.scores = story.judge_all(CENTRAL_OFFICIAL_JUDGED | {"hội_nghị_quán_triệt": 1}) | {"chất_lượng_đề_án": story.judged(2, 0.5)}
    return r


def deputy_prime_minister_record(collectives):
    story = Story((30, 55, 15, 0))
    r = Record("qd366.pl2.pho_thu_tuong", "CP-AB", "pho-thu-tuong")
    yes = story.holds
    policies, knots, cases = rng.randint(8, 20), rng.randint(4, 15), rng.randint(0, 4)
    capital, texts = rng.randint(100, 900) * 10**12, rng.choice([0, 8, 10, 15])
    r.evidence = story.tasks() | faults_found_before(story) | registers() | party_member() \
        | leader_facts(story, units_in_charge(story, collectives)) | central_official_facts(story) | {
        "việc_cụ_thể_hoá": policies, "việc_đúng_tiến_độ": story.part_of(policies, 0.9), "việc_đạt_chất_lượng": story.part_of(policies, 0.9),
        "sản_phẩm_cụ_thể": True, "chính_sách_thông_qua": story.at_least(2), "sáng_kiến_chiến_lược": story.at_least(1),
        "báo_cáo_chuyên_sâu": story.at_least(2), "vướng_mắc": knots, "vướng_mắc_kịp_thời": story.part_of(knots, 1.0), "tồn_đọng_vượt_cấp": 0,
        "tình_huống": cases, "tình_huống_hiệu_quả": cases if yes() else cases // 2, "tiêu_cực_kéo_dài": False,
        "giải_pháp_thể_chế": yes(), "nội_dung_cải_cách": story.at_least(2), "chậm_trễ_lớn": not yes(), "sai_sót_lớn": False,
        "văn_bản": texts, "văn_bản_đạt": story.part_of(texts, 0.8) if texts else 0,
        "lượt_kiểm_tra": story.at_least(8), "ghi_nhận_rõ": yes(), "tín_nhiệm_cao": True, "lan_toả": yes(),
        "chỉ_tiêu_lĩnh_vực": [{"tên_chỉ_tiêu": name, "đạt_so_với_kế_hoạch": round(rng.gauss(78 + 24 * story.q, 2), 2), "khách_quan": False}
                              for name in ["tăng trưởng", "thu ngân sách", "giải ngân"]],
        "kế_hoạch_vốn": capital, "vốn_giải_ngân": capital * story.part_of(100, 0.95) // 100, "dự_án_chậm_nghiêm_trọng": 0 if yes() else 1,
        "sipas": [{"tên_nơi": f"T-{n}", "loại_đạt": "kha" if yes() else "trung_binh", "giá_trị": 85.5, "giá_trị_năm_trước": 84.2} for n in range(3)],
        "par_index": [{"tên_nơi": f"T-{n}", "loại_đạt": "tot" if yes() else "yeu", "giá_trị": 88.1, "giá_trị_năm_trước": 88.4} for n in range(3)]}
    r.scores = story.judge_all(CENTRAL_OFFICIAL_JUDGED)
    return r


def digital_team_record(number):
    need = rng.randint(80, 400)
    members = rng.randint(5, 12)
    r = Record("an_binh.to_cong_nghe_so", f"XA-{number % 20 + 1:02d}", "to-cong-nghe-so")
    r.evidence = {"để_lộ_dữ_liệu": rng.random() < 0.03, "tháng_không_hoạt_động": rng.choice([0, 0, 0, 0, 1, 2, 4]),
                  "người_cần_hướng_dẫn": need, "người_được_hướng_dẫn": int(need * rng.uniform(0.5, 1.1)), "buổi_ra_quân": rng.randint(3, 14),
                  "thành_viên": members, "thành_viên_hoạt_động": rng.randint(members // 2, members),
                  "điểm_đăng_ký": 4, "điểm_mở": rng.choice([2, 3, 4, 4]), "hộ_đăng_ký": 20, "hộ_thanh_toán_số": rng.randint(15, 20),
                  "giấy_khen_tỉnh": rng.random() < 0.1, "giấy_khen_xã": rng.random() < 0.4}
    own = rng.choice([10, 12, 15, 18])                        # of 30 points that the team shares out itself
    r.maxima = {"điểm_truy_cập": own, "hộ_kinh_doanh": 30 - own, "by": f"{r.unit}-UBND", "document": f"{number + 1}-KH/XA-AB"}
    if number == 7:
        del r.maxima["by"], r.maxima["document"]              # not approved: not a maximum yet
    return r


# ---------------------------------------------------------------- years out of the ordinary


ALWAYS_KNOWN = ("kết_luận", "chỉ_tiêu", "sản_phẩm_được_duyệt", "thiếu_trách_nhiệm")


def make_some_unusual(records, clauses):
    """Turns a few records into the cases that a committee argues about. `clauses` are those of Article 11.4 for the kind."""
    usual = list(range(len(records)))
    rng.shuffle(usual)

    def take(share):
        return [records[usual.pop()] for _ in range(max(1, round(len(records) * share)))]

    for r in take(0.13):                                      # evidence still missing
        for name in rng.sample([k for k in r.evidence if k not in ALWAYS_KNOWN], rng.choice([1, 2, 3])):
            del r.evidence[name]
    for r in take(0.03):                                      # a judged score still missing
        del r.scores[rng.choice(list(r.scores))]
    for r in take(0.015):                                     # forced lowest: a fresh reprimand
        r.evidence["kỷ_luật"] = [violation(r.unit)]
    for r in take(0.01):                                      # remedied in time: for the authority
        r.evidence["kỷ_luật"] = [violation(r.unit, remedied=True)]
    for r in take(0.01):                                      # the same, and the authority has decided
        r.evidence["kỷ_luật"] = [violation(r.unit, remedied=True)]
        r.decisions = [decision(clauses["remedied"], "hoàn_thành")]
    for r in take(0.01):                                      # a fault of the year before
        r.evidence["kỷ_luật"] = [violation(r.unit, old=True)]
    for r in take(0.012):                                     # enough points, one task late: no level fits
        r.evidence |= {"giao": 20, "xong": 20, "chậm": 1, "đạt_cl": 20, "vượt_mức": 8}
        if "không_đạt" in r.evidence:
            r.evidence["không_đạt"] = 0
        r.scores = {name: maximum for name, maximum in clauses["maxima"].items()} | ({"văn_hoá_công_sở": 4} if "sản_phẩm" in r.evidence else {})
    if "not_rated" in clauses:
        for r in take(0.012):
            r.evidence["tháng_kết_nạp"] = rng.randint(1, 5)
        for r in take(0.008):
            r.evidence["miễn_sinh_hoạt"] = True


# ---------------------------------------------------------------- records that must be refused


def wrong_records():
    """Each is a good record with one mistake; the mistake is in `x_mistake`, which Quy carries and ignores."""
    def member(mistake, **changes):
        r = party_member_record(1)
        r.evidence |= changes
        text = line(r)
        return text[:-1] + f',"x_mistake":{json.dumps(mistake, ensure_ascii=False)}' + "}"

    def servant(mistake, change):
        r = civil_servant_record(1)
        change(r)
        return line(r)[:-1] + f',"x_mistake":{json.dumps(mistake, ensure_ascii=False)}' + "}"

    def team_with_sum_29():
        r = digital_team_record(1)
        r.maxima["hộ_kinh_doanh"] -= 1
        return line(r)[:-1] + ',"x_mistake":"điểm tối đa tự đề xuất cộng lại được 29, không phải 30"}'

    return [
        member("trường không có trong bộ tiêu chí: viết nhầm buổi_dự", buổi_du_hop=11),
        member("phần lớn hơn toàn thể: xong nhiều hơn giao", giao=10, xong=11),
        member("số đếm không nguyên", lượt_phát_biểu=2.5),
        member("số viết bằng chữ", lượt_phát_biểu="hai"),
        member("số đếm âm", buổi_dự=-1),
        member("mức không có trong danh sách chọn", học_nghị_quyết="gan_du"),
        member("khoá lặp lại").replace('"evidence":{', '"evidence":{"giao":1,', 1),
        member("JSON bị cụt")[:-60],
        member("không có loại phiếu này").replace("pl5.dang_vien_ngoai_he_thong", "pl6.dang_vien", 1),
        servant("mã sản phẩm không có trong danh mục", lambda r: r.evidence["sản_phẩm"][0].update(mã="to-trin")),
        servant("điểm vượt điểm tối đa", lambda r: r.scores.update(bản_lĩnh=2.5)),
        servant("điểm lệch bước 0,5", lambda r: r.scores.update(văn_hoá_công_sở=3.3)),
        team_with_sum_29(),
        servant("ngày không có trên lịch", lambda r: r.evidence["báo_cáo"][0].update(hạn="2025-02-30")),
    ]


# ---------------------------------------------------------------- all of it


def cohort_decisions():
    """What the province decided about quotas: the collectives' rate is raised, their names are not decided yet; the secretaries' are."""
    decided = {"clause": "D11.1.5", "outcome": "as_proposed", "document": "12-QĐ/TU-AB", "date": "2025-12-26"}
    raised = {"clause": "D11.1.5.p1", "outcome": "raised", "document": "11-QĐ/TU-AB", "date": "2025-12-20",
              "reason": "tập thể có thành tích nổi trội"}
    return [{"id": "AB-NHOM-01", "kind": "cohort", "cohort": "tap-the", "period": str(YEAR), "decisions": [raised]},
            {"id": "AB-NHOM-02", "kind": "cohort", "cohort": "bi-thu", "period": str(YEAR), "decisions": [decided]}]


def write(name, lines):
    (HERE / "records" / name).write_text("\n".join(lines) + "\n", "utf-8")
    return len(lines)


def main():
    collectives = [collective_record(n) for n in range(60)]
    leaders = [leader_record(n, collectives) for n in range(90)]
    servants = [civil_servant_record(n) for n in range(200)]
    members = [party_member_record(n) for n in range(150)]
    secretaries = [provincial_secretary_record(collectives) for _ in range(10)]
    deputies = [deputy_prime_minister_record(collectives) for _ in range(10)]
    teams = [digital_team_record(n) for n in range(30)]

    make_some_unusual(collectives, {"remedied": "D11.4.1.p1", "maxima": COLLECTIVE_JUDGED})
    make_some_unusual(leaders, {"remedied": "D11.4.2.p1", "maxima": LEADER_JUDGED})
    make_some_unusual(servants, {"remedied": "D11.4.3.p1", "maxima": CIVIL_SERVANT_JUDGED, "not_rated": True})
    make_some_unusual(members, {"remedied": "D11.4.3.p1", "maxima": PARTY_MEMBER_JUDGED, "not_rated": True})
    del secretaries[0].evidence["phân_cấp_phù_hợp"]
    del secretaries[1].evidence["sổ_văn_bản_tw"]
    secretaries[2].evidence["kết_luận_lộ_bí_mật"] = True
    del deputies[0].evidence["lượt_kiểm_tra"]

    written = 0
    for name, records in [("1-tap-the.ndjson", collectives), ("2-lanh-dao.ndjson", leaders), ("3-cong-chuc.ndjson", servants),
                          ("4-dang-vien.ndjson", members), ("5-bi-thu-tinh-uy.ndjson", secretaries), ("6-pho-thu-tuong.ndjson", deputies),
                          ("7-to-cong-nghe-so.ndjson", teams)]:
        written += write(name, [line(r) for r in records])
    written += write("8-nhom.ndjson", [json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in cohort_decisions()])
    wrong = write("9-sai.ndjson", wrong_records())
    print(f"{written} records, and {wrong} that must be refused")


if __name__ == "__main__":
    main()
