#pragma once
// The page of each rule, made from the table of rules and from its own examples.

#include <string>
#include <vector>

#include "base/language.h"
#include "tools/lint/rule.h"
#include "tools/new_folder.h"

namespace quy::lint {

std::string page_of(const Rule& rule, Language language);
/// One page a rule and README.md, the list of all.
std::vector<tools::NewFile> all_pages(Language language);
/// The list for a terminal: id, level, fix, title.
std::string list_of_rules(Language language);
std::string list_of_rules_json(Language language);

}  // namespace quy::lint
