// Numbers of termios(3) and ioctl_tty(2), as the kernel and the programs that set a terminal use
// them.
#pragma once

#include <cstdint>

namespace cutaway::sim::tty {

// ioctl requests (asm-generic/ioctls.h)
inline constexpr std::uint64_t kTcgets = 0x5401, kTcsets = 0x5402, kTcsetsw = 0x5403,
                               kTcsetsf = 0x5404, kTiocsctty = 0x540e, kTiocgpgrp = 0x540f,
                               kTiocspgrp = 0x5410, kTiocgwinsz = 0x5413, kTiocswinsz = 0x5414,
                               kTiocnotty = 0x5422, kTiocsptlck = 0x40045431, kTiocgptpeer = 0x5441,
                               kTiocgptn = 0x80045430;

// c_iflag, c_oflag, c_lflag (asm-generic/termbits.h)
inline constexpr std::uint32_t kIgnbrk = 01, kBrkint = 02, kParmrk = 010, kIstrip = 040,
                               kInlcr = 0100, kIgncr = 0200, kIcrnl = 0400, kIxon = 02000;
inline constexpr std::uint32_t kOpost = 01, kOnlcr = 04;
inline constexpr std::uint32_t kIsig = 01, kIcanon = 02, kEcho = 010, kEchoe = 020, kEchok = 040,
                               kEchonl = 0100, kTostop = 0400, kEchoctl = 01000, kEchoke = 04000,
                               kIexten = 0100000;

// A new terminal's (drivers/tty/tty_io.c, tty_std_termios).
inline constexpr std::uint32_t kNewInput = kIcrnl | kIxon;
inline constexpr std::uint32_t kNewOutput = kOpost | kOnlcr;
inline constexpr std::uint32_t kNewLocal =
    kIsig | kIcanon | kEcho | kEchoe | kEchok | kEchoctl | kEchoke | kIexten;

// Control characters (include/asm-generic/termios.h, INIT_C_CC).
inline constexpr char kInterrupt = '\x03', kQuit = '\x1c', kErase = '\x7f', kKill = '\x15',
                      kEndOfFile = '\x04', kSuspend = '\x1a', kEraseWord = '\x17',
                      kLiteralNext = '\x16';

}  // namespace cutaway::sim::tty
