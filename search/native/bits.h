/* Bits of a word. */

#ifndef SEARCH_BITS_H
#define SEARCH_BITS_H

#include "native.h"

/* The place of the lowest bit that is set; there is one. */
static inline int lowest_bit(u64 value)
{
#if defined(__GNUC__)
    return __builtin_ctzll(value);
#else
    int bit = 0;
    for (; !(value & 1); value >>= 1)
        bit++;
    return bit;
#endif
}

/* How many are set. (In parallel, two by two, four by four …: processors that have an instruction for it may not be
   taken for granted.) */
static inline int count_bits(u64 value)
{
    value -= value >> 1 & 0x5555555555555555u;
    value = (value & 0x3333333333333333u) + (value >> 2 & 0x3333333333333333u);
    return (int)(((value + (value >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

#endif
