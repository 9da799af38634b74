#pragma once
// Layout of a .qev file: checked evidence in columns. It is a cache of its sources, made again when they or the schema change, and never a
// way to hand evidence on: no other program, and no other version of this one, need read it.
//
//   head       16 bytes: kMagic, kFormatVersion, 0
//   row groups one after the other, each a multiple of 8 bytes: up to kGroupRecords records that follow each other in the input, read at
//              one stage; inside, the rows of each subject as a block of columns (row_group.cpp)
//   directory  schema, sources, and by reading (a stage): where its groups lie, with their checksums
//   tail       32 bytes: offset, size and checksum of the directory, kMagic again
//
// Numbers are little-endian, columns of them as narrow as their range allows (Encoder::numbers). Every byte is under a checksum or compared,
// so damage is found before anything is believed; sizes, indexes and values are checked all the same.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace quy::columns {

static_assert(std::endian::native == std::endian::little, "columns are used as they lie in the file");

inline constexpr std::string_view kMagic{"\x89QEV\r\n\x1a\n", 8};
inline constexpr std::uint32_t kFormatVersion = 3;
inline constexpr std::size_t kHeadBytes = 16, kTailBytes = 32, kAlignment = 8;

/// As many records as results can wait for one that is early.
inline constexpr std::uint32_t kGroupRecords = 4096;
/// A group also ends with the record that brings its texts, list rows and refusals over this.
inline constexpr std::size_t kGroupBytes = std::size_t{16} << 20;

/// What a record of a group is: the number of its block, or one of these.
inline constexpr std::uint16_t kRefused = 0xffff, kOfCohort = 0xfffe, kMostBlocks = 0xfff0;

/// How a block holds a field: a form, and which planes follow.
enum class ColumnForm : std::uint8_t { missing, narrow, wide, truth, text };
inline constexpr std::uint8_t kFormMask = 0x0f, kHasKnown = 0x10, kHasLeftOut = 0x20;

}  // namespace quy::columns
