// kualik._core: the table of contents; each bind_*.cpp binds one topic, the package's .py files are what users see.

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

PYBIND11_MODULE(_core, m) {
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
