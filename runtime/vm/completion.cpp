#include "runtime/vm/completion.h"

#include <algorithm>

#include "runtime/vm/completion/completer.h"
#include "runtime/vm/completion/contents.h"
#include "runtime/vm/completion/cuts.h"
#include "runtime/vm/completion/deciding.h"

namespace quy::vm {

Completer::Completer(const Program& program)
    : program_(program), reach_(program_), trials_(program_), single_(program_) {}

Completion Completer::complete(const Batch& batch, std::uint32_t row, CompletionNeeds needs) {
  Places places(program_, reach_, batch, row);
  // Lists need something to put in their place before anything can be tried; fields can do without cuts at first.
  const bool lists =
      std::any_of(places.all().begin(), places.all().end(), [](const Place& place) { return place.is_list(); });
  if (lists) look_closer(batch, row, places);
  Search search(trials_, places);
  search.probe();
  if (!search.settled() && !lists) look_closer(batch, row, places);
  search.refine();

  Completion result;
  result.possible = search.possible();
  result.total_low = search.total_low();
  result.total_high = search.total_high();
  result.exact = search.settled();
  if (!needs.influence) return result;
  const std::vector<bool> influential = search.influential();
  for (std::size_t i = 0; i < places.size(); ++i)
    if (influential[i]) add_fields(places[i], result.influential);
  std::sort(result.influential.begin(), result.influential.end());
  result.influential.erase(std::unique(result.influential.begin(), result.influential.end()), result.influential.end());
  const bool open = (result.possible & (result.possible - 1)) != 0;
  if (!needs.deciding || !open) return result;
  const DecidingSet set = find_deciding(search, places, reach_, influential);
  result.smallest = set.smallest;
  for (std::size_t i = 0; i < set.items.size(); ++i) {
    Deciding& one = result.deciding.emplace_back(Deciding{{}, set.alone[i]});
    add_fields(places[set.items[i].front()], one.fields);
  }
  return result;
}

/// Runs the record alone with all registers kept, to see what its missing fields and lists meet.
void Completer::look_closer(const Batch& batch, std::uint32_t row, Places& places) {
  if (!kept_) kept_.emplace(program_, true);
  single_.clear();
  single_.copy_row(batch, row);
  kept_->run(single_);
  find_cuts(program_, *kept_, single_, places);
  find_contents(program_, reach_, *kept_, single_, places);
}

/// A missing list stands for all fields of its rows that matter.
void Completer::add_fields(const Place& place, std::vector<std::uint32_t>& fields) const {
  if (!place.is_list()) return fields.push_back(place.field);
  for (std::uint32_t f = 0; f < reach_.fields.size(); ++f)
    if (program_.subject().fields[f].list == place.list) fields.push_back(f);
}

Completion complete(const Program&, const Machine& machine, const Batch& batch, std::uint32_t row,
                    CompletionNeeds needs) {
  return machine.completer().complete(batch, row, needs);
}

}  // namespace quy::vm
