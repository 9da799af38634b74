#include "runtime/facts/versions.h"

namespace quy::facts {
namespace {

using bytecode::Module;

std::string day_in(DayNumber day, Language language) { return language == Language::vi ? vietnamese_date(day) : iso_date(day); }
Bilingual day_text(DayNumber day) { return {day_in(day, Language::vi), day_in(day, Language::en)}; }

std::string named(const Module& module) { return module.id + " " + module.version; }

}  // namespace

bool Versions::before(const Module& one, const Module& other) { return one.in_force_from < other.in_force_from; }

Versions::Versions(std::vector<const Module*> modules) : modules_(std::move(modules)) {}

std::optional<DayNumber> Versions::last_day(std::uint32_t version) const {
  if (module(version).in_force_to || version + 1 == size()) return module(version).in_force_to;
  const std::optional<DayNumber> next = module(version + 1).in_force_from;
  return next ? std::optional(*next - 1) : std::nullopt;
}

/// With the version after it; nothing when there is no day on which both are in force.
std::optional<Message> Versions::overlap(std::uint32_t version) const {
  const Module &older = module(version), &newer = module(version + 1);
  const std::optional<DayNumber> begins = newer.in_force_from;
  const bool ended = begins && (older.in_force_to ? *older.in_force_to < *begins : older.in_force_from != begins);
  if (ended) return std::nullopt;
  const std::optional<DayNumber> day = begins ? begins : older.in_force_to ? older.in_force_to : newer.in_force_to;
  const Bilingual shown = day ? day_text(*day) : Bilingual{"mọi ngày", "every day"};
  return Message{Diag::packs_in_force_together, {named(older), named(newer), shown}, {}};
}

std::optional<Message> Versions::fault() const {
  for (std::uint32_t version = 1; version < size(); ++version)
    if (module(version).id != module(0).id) return Message{Diag::packs_not_versions, {module(0).id, module(version).id}, {}};
  for (std::uint32_t version = 0; version + 1 < size(); ++version)
    if (std::optional<Message> found = overlap(version)) return found;
  return std::nullopt;
}

std::uint32_t Versions::in_force(DayNumber day) const {
  for (std::uint32_t version = 0; version < size(); ++version) {
    const std::optional<DayNumber> from = module(version).in_force_from, to = last_day(version);
    if ((!from || *from <= day) && (!to || day <= *to)) return version;
  }
  return bytecode::kNone;
}

std::string Versions::listed(Language language) const {
  const bool vi = language == Language::vi;
  std::string list;
  for (std::uint32_t version = 0; version < size(); ++version) {
    const std::optional<DayNumber> from = module(version).in_force_from, to = last_day(version);
    std::string days;
    if (from) days = (vi ? "từ " : "from ") + day_in(*from, language);
    if (to) days += (days.empty() ? "" : " ") + std::string(vi ? "đến " : "to ") + day_in(*to, language);
    list += (list.empty() ? "" : ", ") + module(version).version + (days.empty() ? "" : " (" + days + ")");
  }
  return list;
}

Message Versions::none_in_force(std::string_view period, DayNumber last) const {
  return {Diag::no_pack_in_force, {period, day_text(last), Bilingual{listed(Language::vi), listed(Language::en)}}, {}};
}

}  // namespace quy::facts
