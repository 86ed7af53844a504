# kualik_stage(<name> SOURCES … [PUBLIC …] [PRIVATE …])
#   One stage of the pipeline as the static library kualik_<name>, alias kualik::<name>. PUBLIC lists stages whose headers the stage's
#   own headers include; PRIVATE lists third parties, which stay out of public headers. A wrong dependency does not link.
# kualik_test(<name> SOURCES … LINK …)
#   A GoogleTest program; its cases are found by ctest, its working directory is the folder of the tests so that TSV cases are found.

add_library(kualik_options INTERFACE)
if(KUALIK_DEVELOPER)
  target_compile_options(kualik_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12 warns of overlapping copies inside its own std::string (GCC bug 105651).
    target_compile_options(kualik_options INTERFACE -Wno-restrict)
  endif()
endif()
if(KUALIK_SANITIZE)
  target_compile_options(kualik_options INTERFACE -fsanitize=${KUALIK_SANITIZE} -fno-sanitize-recover=all
                         -fno-omit-frame-pointer -g)
  target_link_options(kualik_options INTERFACE -fsanitize=${KUALIK_SANITIZE})
endif()
if(KUALIK_FUZZ)
  target_compile_options(kualik_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(kualik_stage name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(kualik_${name} STATIC ${ARG_SOURCES})
  add_library(kualik::${name} ALIAS kualik_${name})
  set_target_properties(kualik_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(kualik_${name} PUBLIC cxx_std_20)
  target_include_directories(kualik_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_include_directories(kualik_${name} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(kualik_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:kualik_options>)
  set_property(GLOBAL APPEND PROPERTY KUALIK_STAGES kualik_${name})
endfunction()

function(kualik_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest_main kualik_options)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE KUALIK_TESTS_DIR="${PROJECT_SOURCE_DIR}/tests" KUALIK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  include(GoogleTest)
  gtest_discover_tests(${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 300)
endfunction()
