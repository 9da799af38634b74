#pragma once
// Z3, opened when the first formula is made (base/late_library.h says why): to be included in place of <z3++.h>.
//
// The C++ interface is inline and calls the C functions below; each becomes a pointer that is found in the library at its first call. One
// that is called and not listed is missed by the linker.

#include <z3.h>

#include "base/late_library.h"

namespace quy::analysis {

/// Raises LibraryMissing.
inline const LateLibrary& z3_library() {
  static const LateLibrary library(QUY_LIBRARY_z3);
  return library;
}

template <class Function>
Function* z3_function(const char* name) {
  Function* found = nullptr;
  z3_library().find(name, found);
  return found;
}

}  // namespace quy::analysis

#define QUY_LATE_Z3(name)                                                                                  \
  ([] {                                                                                                    \
    static decltype(&::name) const quy_found = ::quy::analysis::z3_function<decltype(::name)>(#name);      \
    return quy_found;                                                                                      \
  }())

#define Z3_dec_ref QUY_LATE_Z3(Z3_dec_ref)
#define Z3_del_config QUY_LATE_Z3(Z3_del_config)
#define Z3_del_context QUY_LATE_Z3(Z3_del_context)
#define Z3_get_app_arg QUY_LATE_Z3(Z3_get_app_arg)
#define Z3_get_app_decl QUY_LATE_Z3(Z3_get_app_decl)
#define Z3_get_ast_kind QUY_LATE_Z3(Z3_get_ast_kind)
#define Z3_get_decl_kind QUY_LATE_Z3(Z3_get_decl_kind)
#define Z3_get_error_code QUY_LATE_Z3(Z3_get_error_code)
#define Z3_get_error_msg QUY_LATE_Z3(Z3_get_error_msg)
#define Z3_get_numeral_decimal_string QUY_LATE_Z3(Z3_get_numeral_decimal_string)
#define Z3_get_sort QUY_LATE_Z3(Z3_get_sort)
#define Z3_get_sort_kind QUY_LATE_Z3(Z3_get_sort_kind)
#define Z3_inc_ref QUY_LATE_Z3(Z3_inc_ref)
#define Z3_is_algebraic_number QUY_LATE_Z3(Z3_is_algebraic_number)
#define Z3_is_eq_ast QUY_LATE_Z3(Z3_is_eq_ast)
#define Z3_is_re_sort QUY_LATE_Z3(Z3_is_re_sort)
#define Z3_is_seq_sort QUY_LATE_Z3(Z3_is_seq_sort)
#define Z3_mk_add QUY_LATE_Z3(Z3_mk_add)
#define Z3_mk_and QUY_LATE_Z3(Z3_mk_and)
#define Z3_mk_bool_sort QUY_LATE_Z3(Z3_mk_bool_sort)
#define Z3_mk_bvadd QUY_LATE_Z3(Z3_mk_bvadd)
#define Z3_mk_bvmul QUY_LATE_Z3(Z3_mk_bvmul)
#define Z3_mk_bvneg QUY_LATE_Z3(Z3_mk_bvneg)
#define Z3_mk_bvsdiv QUY_LATE_Z3(Z3_mk_bvsdiv)
#define Z3_mk_bvsge QUY_LATE_Z3(Z3_mk_bvsge)
#define Z3_mk_bvsgt QUY_LATE_Z3(Z3_mk_bvsgt)
#define Z3_mk_bvsle QUY_LATE_Z3(Z3_mk_bvsle)
#define Z3_mk_bvslt QUY_LATE_Z3(Z3_mk_bvslt)
#define Z3_mk_bvsmod QUY_LATE_Z3(Z3_mk_bvsmod)
#define Z3_mk_bvsub QUY_LATE_Z3(Z3_mk_bvsub)
#define Z3_mk_concat QUY_LATE_Z3(Z3_mk_concat)
#define Z3_mk_config QUY_LATE_Z3(Z3_mk_config)
#define Z3_mk_const QUY_LATE_Z3(Z3_mk_const)
#define Z3_mk_context_rc QUY_LATE_Z3(Z3_mk_context_rc)
#define Z3_mk_distinct QUY_LATE_Z3(Z3_mk_distinct)
#define Z3_mk_div QUY_LATE_Z3(Z3_mk_div)
#define Z3_mk_eq QUY_LATE_Z3(Z3_mk_eq)
#define Z3_mk_false QUY_LATE_Z3(Z3_mk_false)
#define Z3_mk_fpa_add QUY_LATE_Z3(Z3_mk_fpa_add)
#define Z3_mk_fpa_div QUY_LATE_Z3(Z3_mk_fpa_div)
#define Z3_mk_fpa_geq QUY_LATE_Z3(Z3_mk_fpa_geq)
#define Z3_mk_fpa_gt QUY_LATE_Z3(Z3_mk_fpa_gt)
#define Z3_mk_fpa_leq QUY_LATE_Z3(Z3_mk_fpa_leq)
#define Z3_mk_fpa_lt QUY_LATE_Z3(Z3_mk_fpa_lt)
#define Z3_mk_fpa_mul QUY_LATE_Z3(Z3_mk_fpa_mul)
#define Z3_mk_fpa_neg QUY_LATE_Z3(Z3_mk_fpa_neg)
#define Z3_mk_fpa_rna QUY_LATE_Z3(Z3_mk_fpa_rna)
#define Z3_mk_fpa_rne QUY_LATE_Z3(Z3_mk_fpa_rne)
#define Z3_mk_fpa_rtn QUY_LATE_Z3(Z3_mk_fpa_rtn)
#define Z3_mk_fpa_rtp QUY_LATE_Z3(Z3_mk_fpa_rtp)
#define Z3_mk_fpa_rtz QUY_LATE_Z3(Z3_mk_fpa_rtz)
#define Z3_mk_fpa_sub QUY_LATE_Z3(Z3_mk_fpa_sub)
#define Z3_mk_ge QUY_LATE_Z3(Z3_mk_ge)
#define Z3_mk_gt QUY_LATE_Z3(Z3_mk_gt)
#define Z3_mk_implies QUY_LATE_Z3(Z3_mk_implies)
#define Z3_mk_int QUY_LATE_Z3(Z3_mk_int)
#define Z3_mk_int64 QUY_LATE_Z3(Z3_mk_int64)
#define Z3_mk_int_sort QUY_LATE_Z3(Z3_mk_int_sort)
#define Z3_mk_ite QUY_LATE_Z3(Z3_mk_ite)
#define Z3_mk_le QUY_LATE_Z3(Z3_mk_le)
#define Z3_mk_lt QUY_LATE_Z3(Z3_mk_lt)
#define Z3_mk_mod QUY_LATE_Z3(Z3_mk_mod)
#define Z3_mk_mul QUY_LATE_Z3(Z3_mk_mul)
#define Z3_mk_not QUY_LATE_Z3(Z3_mk_not)
#define Z3_mk_numeral QUY_LATE_Z3(Z3_mk_numeral)
#define Z3_mk_or QUY_LATE_Z3(Z3_mk_or)
#define Z3_mk_re_concat QUY_LATE_Z3(Z3_mk_re_concat)
#define Z3_mk_re_union QUY_LATE_Z3(Z3_mk_re_union)
#define Z3_mk_seq_concat QUY_LATE_Z3(Z3_mk_seq_concat)
#define Z3_mk_solver QUY_LATE_Z3(Z3_mk_solver)
#define Z3_mk_string_symbol QUY_LATE_Z3(Z3_mk_string_symbol)
#define Z3_mk_sub QUY_LATE_Z3(Z3_mk_sub)
#define Z3_mk_true QUY_LATE_Z3(Z3_mk_true)
#define Z3_mk_unary_minus QUY_LATE_Z3(Z3_mk_unary_minus)
#define Z3_model_dec_ref QUY_LATE_Z3(Z3_model_dec_ref)
#define Z3_model_eval QUY_LATE_Z3(Z3_model_eval)
#define Z3_model_inc_ref QUY_LATE_Z3(Z3_model_inc_ref)
#define Z3_set_ast_print_mode QUY_LATE_Z3(Z3_set_ast_print_mode)
#define Z3_set_error_handler QUY_LATE_Z3(Z3_set_error_handler)
#define Z3_solver_assert QUY_LATE_Z3(Z3_solver_assert)
#define Z3_solver_check QUY_LATE_Z3(Z3_solver_check)
#define Z3_solver_dec_ref QUY_LATE_Z3(Z3_solver_dec_ref)
#define Z3_solver_get_model QUY_LATE_Z3(Z3_solver_get_model)
#define Z3_solver_inc_ref QUY_LATE_Z3(Z3_solver_inc_ref)
#define Z3_solver_pop QUY_LATE_Z3(Z3_solver_pop)
#define Z3_solver_push QUY_LATE_Z3(Z3_solver_push)

#include <z3++.h>
