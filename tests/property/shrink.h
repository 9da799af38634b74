#pragma once
// A failing case made small and readable.

#include <functional>
#include <string>

#include "tests/property/random_pack.h"

namespace quy::property {

/// Takes away from the pack and the evidence whatever can go while `fails` still says so. Both are changed in place.
void shrink(RandomPack& made, reference::Evidence& evidence, const std::function<bool()>& fails);

/// The pack's rules and the evidence in words close to the language's own.
std::string show(const RandomPack& made, const reference::Evidence& evidence);

}  // namespace quy::property
