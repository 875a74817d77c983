/* A hash table of strings, each of which has a number, from 0 on.

   Open addressing with linear probing (Knuth, The Art of Computer Programming, vol. 3, § 6.4). A slot holds a string of
   up to eight bytes itself, so that such a one is found without another look into memory. Hashes begin with a seed, so
   that nobody can write texts whose words all fall into one place. */

#ifndef SEARCH_NAMES_H
#define SEARCH_NAMES_H

#include "native.h"

typedef struct {
    u64 key;        /* the string, if it has up to eight bytes, else its hash */
    u32 size;       /* of the string, in bytes */
    u32 number;     /* plus one; 0 where the slot is free */
} Slot;

typedef struct {
    Row bytes;      /* the strings, one after the other */
    Row ends;       /* u64: the end of each */
} Strings;

typedef struct {
    Strings strings;
    Slot *slots;
    size_t mask;    /* so many slots there are, less one: a power of two */
    u64 seed;
} Names;

/* What a string is looked up by. */
typedef struct {
    const char *text;
    size_t size;
    u64 key, hash;
} Wanted;

enum { SHORT = 8 };

#define NOT_FOUND ((size_t)-1)

static inline u64 name_mixed(u64 value)
{
    value ^= value >> 32;
    value *= 0x9E3779B97F4A7C15u;
    value ^= value >> 29;
    value *= 0xC2B2AE3D27D4EB4Fu;
    return value ^ value >> 32;
}

/* Up to eight bytes as a number. */
static inline u64 name_short(const char *text, size_t size)
{
    const u8 *at = (const u8 *)text;
    u32 low, high;
    if (size >= 4) {
        memcpy(&low, at, 4);
        memcpy(&high, at + size - 4, 4);
        return low | (u64)high << 8 * (size - 4);
    }
    return size ? at[0] | (u64)at[size / 2] << 8 * (size / 2) | (u64)at[size - 1] << 8 * (size - 1) : 0;
}

static inline Wanted name_wanted(const Names *names, const char *text, size_t size)
{
    Wanted wanted = {text, size, 0, names->seed ^ size * 0x165667B19E3779F9u};
    size_t left = size;
    for (; left > 8; text += 8, left -= 8) {
        u64 part;
        memcpy(&part, text, 8);
        wanted.hash = name_mixed(wanted.hash ^ part);
    }
    wanted.key = name_short(text, left);
    wanted.hash = name_mixed(wanted.hash ^ wanted.key);
    if (size > SHORT)
        wanted.key = wanted.hash;
    return wanted;
}

static inline size_t string_count(const Strings *strings)
{
    return strings->ends.used / sizeof(u64);
}

static inline const char *string_at(const Strings *strings, size_t number, size_t *size)
{
    const u64 *ends = (const u64 *)strings->ends.data;
    const u64 start = number ? ends[number - 1] : 0;
    *size = (size_t)(ends[number] - start);
    return strings->bytes.data + start;
}

static inline size_t name_count(const Names *names)
{
    return string_count(&names->strings);
}

static inline const char *name_at(const Names *names, size_t number, size_t *size)
{
    return string_at(&names->strings, number, size);
}

/* Ask for the slot of a string from memory. */
static inline void name_prefetch(const Names *names, const Wanted *wanted)
{
#if defined(__GNUC__)
    if (names->slots)
        __builtin_prefetch(&names->slots[(size_t)wanted->hash & names->mask]);
#else
    (void)names, (void)wanted;
#endif
}

/* The number of a string; NOT_FOUND. */
static inline size_t name_find(const Names *names, const Wanted *wanted)
{
    if (!names->slots)
        return NOT_FOUND;
    for (size_t at = (size_t)wanted->hash & names->mask; names->slots[at].number; at = (at + 1) & names->mask) {
        const Slot *slot = &names->slots[at];
        size_t size;
        if (slot->key == wanted->key && slot->size == wanted->size &&
            (wanted->size <= SHORT || !memcmp(name_at(names, slot->number - 1, &size), wanted->text, wanted->size)))
            return slot->number - 1;
    }
    return NOT_FOUND;
}

/* Add a string; -1 where there is no room. */
int string_add(Strings *strings, const char *text, size_t size);

void strings_free(Strings *strings);

/* Give a string that is not there yet a number; NOT_FOUND where there is no room. */
size_t name_add(Names *names, const Wanted *wanted);

/* Give the strings of a list numbers, in its order; -1, with an error set, where that fails. */
int names_fill(Names *names, PyObject *list, u64 seed);

void names_free(Names *names);

#endif
