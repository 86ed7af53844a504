# kualik_table(<target> <table.tsv> <generator.py> <output.h>)
#   Compiles a fact table of data/ into <target>: runs the generator (Python's standard library only) when the table or the generator
#   changed, and puts the header it writes into the build tree under generated/, which is added to the target's private includes.
find_package(Python 3.9 REQUIRED COMPONENTS Interpreter)

function(kualik_table target table generator output)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated/${output})
  cmake_path(GET out PARENT_PATH folder)
  cmake_path(GET generator PARENT_PATH generators)
  file(GLOB shared CONFIGURE_DEPENDS ${generators}/*.py)  # what generators import
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${Python_EXECUTABLE} ${generator} ${table} ${out}
    DEPENDS ${table} ${generator} ${shared} VERBATIM
    COMMENT "Compiling table ${output}")
  target_sources(${target} PRIVATE ${out})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated)
endfunction()
