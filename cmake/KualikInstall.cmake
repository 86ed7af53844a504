# Install and export: find_package(kualik) gives kualik::kualik (everything) and kualik::numbers (the standard library alone).
include(CMakePackageConfigHelpers)

get_property(stages GLOBAL PROPERTY KUALIK_STAGES)
install(TARGETS kualik_core ${stages} EXPORT kualikTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/kualik DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
if(TARGET kualik_kualik)
  install(TARGETS kualik_kualik EXPORT kualikTargets)
endif()
if(TARGET kualik_program)
  install(TARGETS kualik_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(TARGETS kualik_full_program RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/kualik)
endif()
install(EXPORT kualikTargets NAMESPACE kualik:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kualik)
configure_package_config_file(cmake/kualikConfig.cmake.in ${PROJECT_BINARY_DIR}/kualikConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kualik)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/kualikConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/kualikConfig.cmake ${PROJECT_BINARY_DIR}/kualikConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kualik)
