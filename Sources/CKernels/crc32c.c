// CRC-32C by the CPU's instruction (SSE4.2, ARMv8 CRC) or by tables, eight bytes at a time.
//
// All arithmetic is on polynomials over GF(2), bit-reflected as the CRC wants it: bit 31
// of a word is the coefficient of x^0.
#include "sn_crc32c.h"

#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#define CRC_TARGET __attribute__((target("sse4.2")))
#define CRC_BYTE(crc, byte) _mm_crc32_u8((crc), (byte))
#define CRC_WORD(crc, word) ((uint32_t)_mm_crc32_u64((crc), (word)))
#elif defined(__aarch64__)
#include <arm_acle.h>
#if defined(__linux__)
#include <sys/auxv.h>
#endif
#define CRC_TARGET __attribute__((target("crc")))
#define CRC_BYTE(crc, byte) __crc32cb((crc), (byte))
#define CRC_WORD(crc, word) __crc32cd((crc), (word))
#endif

static const uint32_t polynomial = 0x82f63b78u;

// a times x, modulo the polynomial.
static inline uint32_t times_x(uint32_t a) {
    return (a >> 1) ^ ((a & 1) ? polynomial : 0);
}

static inline uint64_t load_word(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

// Tables for "slicing by eight": table[k][b] is the remainder of byte b followed by k zero
// bytes. They live on the caller's stack: 8 KiB that take about 2 us to fill.
static void fill_tables(uint32_t table[8][256]) {
    for (uint32_t b = 0; b < 256; b++) {
        uint32_t crc = b;
        for (int bit = 0; bit < 8; bit++) crc = times_x(crc);
        table[0][b] = crc;
    }
    for (int k = 1; k < 8; k++) {
        for (uint32_t b = 0; b < 256; b++) {
            const uint32_t before = table[k - 1][b];
            table[k][b] = (before >> 8) ^ table[0][before & 255];
        }
    }
}

// Eight bytes at a time; returns how many bytes were taken, a multiple of eight.
static size_t update_by_tables(uint32_t *crc, const uint8_t *p, size_t n) {
    uint32_t table[8][256];
    fill_tables(table);
    size_t done = 0;
    for (; n - done >= 8; done += 8) {
        const uint64_t word = load_word(p + done) ^ *crc;
        uint32_t next = 0;
        for (int k = 0; k < 8; k++) next ^= table[7 - k][(word >> (8 * k)) & 255];
        *crc = next;
    }
    return done;
}

uint32_t sn_crc32c_portable(uint32_t crc, const void *bytes, size_t n) {
    const uint8_t *p = bytes;
    crc = ~crc;
    // Below 512 bytes, filling the tables costs more than it saves.
    size_t done = n >= 512 ? update_by_tables(&crc, p, n) : 0;
    for (; done < n; done++) {
        crc ^= p[done];
        for (int bit = 0; bit < 8; bit++) crc = times_x(crc);
    }
    return ~crc;
}

bool sn_crc32c_hardware(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("sse4.2");
#elif defined(__aarch64__) && defined(__linux__)
    return (getauxval(AT_HWCAP) & (1ul << 7)) != 0;  // HWCAP_CRC32
#elif defined(__aarch64__) && defined(__APPLE__)
    return true;  // every arm64 Mac has it
#else
    return false;
#endif
}

#ifdef CRC_TARGET

// Bytes of one of three streams that run side by side: the instruction takes one word a
// cycle but gives its result only after three, and joining streams costs some 250 cycles.
enum { STREAM_BYTES = 16384 };

// a * b modulo the polynomial.
static uint32_t multiply(uint32_t a, uint32_t b) {
    uint32_t product = 0;
    for (uint32_t bit = 1u << 31; bit != 0; bit >>= 1) {
        if (a & bit) product ^= b;
        b = times_x(b);
    }
    return product;
}

// x^(8 * STREAM_BYTES): multiplying by it moves a remainder over one stream of zero bytes.
static uint32_t stream_shift(void) {
    uint32_t power = 1u << 30;  // x
    for (size_t exponent = 1; exponent < 8 * (size_t)STREAM_BYTES; exponent *= 2) {
        power = multiply(power, power);
    }
    return power;
}

CRC_TARGET static uint32_t update_by_instruction(uint32_t crc, const uint8_t *p, size_t n) {
    if (n >= 3 * STREAM_BYTES) {
        const uint32_t shift = stream_shift();
        for (; n >= 3 * STREAM_BYTES; p += 3 * STREAM_BYTES, n -= 3 * STREAM_BYTES) {
            uint32_t second = 0, third = 0;
            for (size_t i = 0; i < STREAM_BYTES; i += 8) {
                crc = CRC_WORD(crc, load_word(p + i));
                second = CRC_WORD(second, load_word(p + STREAM_BYTES + i));
                third = CRC_WORD(third, load_word(p + 2 * STREAM_BYTES + i));
            }
            crc = multiply(multiply(crc, shift) ^ second, shift) ^ third;
        }
    }
    for (; n >= 8; p += 8, n -= 8) crc = CRC_WORD(crc, load_word(p));
    for (; n > 0; p++, n--) crc = CRC_BYTE(crc, *p);
    return crc;
}

uint32_t sn_crc32c(uint32_t crc, const void *bytes, size_t n) {
    if (!sn_crc32c_hardware()) return sn_crc32c_portable(crc, bytes, n);
    return ~update_by_instruction(~crc, bytes, n);
}

#else

uint32_t sn_crc32c(uint32_t crc, const void *bytes, size_t n) {
    return sn_crc32c_portable(crc, bytes, n);
}

#endif
