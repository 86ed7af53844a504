// kualik._core: the table of contents; each bind_*.cpp binds one topic, the package's .py files are what users see.

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

void register_record(pybind11::module_& m);
void register_reader(pybind11::module_& m);
void register_archive(pybind11::module_& m);
#ifdef KUALIK_HAS_NUMBERS
void register_numbers(pybind11::module_& m);
#endif
#ifdef KUALIK_HAS_NAMES
void register_names(pybind11::module_& m);
#endif

namespace {

/// Loads NumPy while no other thread can be here. pybind11 does it at the first array, inside the initialisation of a
/// static, and importing lets other threads run: two readers that end at once would wait for each other for ever.
void load_numpy() {
  try {
    pybind11::detail::npy_api::get();
  } catch (pybind11::error_already_set&) {
    // Without NumPy what needs no arrays works; what does says so.
  }
}

}  // namespace

PYBIND11_MODULE(_core, m) {
  load_numpy();
  m.doc() = "The compiled part of kualik; use the package.";
  m.attr("__version__") = KUALIK_VERSION;
  register_record(m);
  register_reader(m);
  register_archive(m);
#ifdef KUALIK_HAS_NUMBERS
  register_numbers(m);
#endif
#ifdef KUALIK_HAS_NAMES
  register_names(m);
#endif
}
