#pragma once
// KUALIK_SANITIZED: built with AddressSanitizer or ThreadSanitizer, by g++ or clang.

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KUALIK_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define KUALIK_SANITIZED
#endif
#endif
