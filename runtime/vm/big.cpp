#include "runtime/vm/big.h"

namespace quy::vm {

Integer to_integer(Int128 value) {
  const bool negative = value < 0;
  // The magnitude of the least value fits only without a sign.
  const Uint128 magnitude = negative ? -static_cast<Uint128>(value) : static_cast<Uint128>(value);
  const std::uint64_t words[2] = {static_cast<std::uint64_t>(magnitude), static_cast<std::uint64_t>(magnitude >> 64)};
  Integer result;
  mpz_import(result.get_mpz_t(), 2, -1, sizeof(std::uint64_t), 0, 0, words);
  return negative ? Integer(-result) : result;
}

Int128 to_int128(const Integer& value) {
  std::uint64_t words[2] = {0, 0};
  std::size_t count = 0;
  mpz_export(words, &count, -1, sizeof(std::uint64_t), 0, 0, value.get_mpz_t());
  const auto magnitude = static_cast<Int128>(static_cast<Uint128>(words[1]) << 64 | words[0]);
  return sgn(value) < 0 ? -magnitude : magnitude;
}

}  // namespace quy::vm
