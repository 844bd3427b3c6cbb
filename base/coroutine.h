// The only includer of <coroutine>. Emscripten's clang 14 with libc++ 13 ships the same names in
// <experimental/coroutine>; this gives both the names coro::handle, coro::suspend_always.
#pragma once

#if defined(__EMSCRIPTEN__)
#include <experimental/coroutine>
namespace cutaway::coro {
template <class Promise = void>
using handle = std::experimental::coroutine_handle<Promise>;
using suspend_always = std::experimental::suspend_always;
using suspend_never = std::experimental::suspend_never;
}  // namespace cutaway::coro
#else
#include <coroutine>
namespace cutaway::coro {
template <class Promise = void>
using handle = std::coroutine_handle<Promise>;
using suspend_always = std::suspend_always;
using suspend_never = std::suspend_never;
}  // namespace cutaway::coro
#endif
