// CRC-32C (Castagnoli's polynomial; RFC 3720, appendix B.4), the checksum of our files.
#ifndef SN_CRC32C_H
#define SN_CRC32C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The checksum of everything that gave `crc`, followed by bytes[n]. Begin with crc = 0.
// "123456789" gives 0xe3069283. Uses the CPU's CRC instruction when it has one.
uint32_t sn_crc32c(uint32_t crc, const void *bytes, size_t n);

// The same without the CPU's instruction.
uint32_t sn_crc32c_portable(uint32_t crc, const void *bytes, size_t n);

// Whether sn_crc32c uses the CPU's instruction here.
bool sn_crc32c_hardware(void);

#endif
