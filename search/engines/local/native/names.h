/* A hash table of strings, each of which has a number, from 0 on. */

#ifndef SEARCH_NAMES_H
#define SEARCH_NAMES_H

#include "native.h"

typedef struct {
    Row bytes;      /* the strings, one after the other */
    Row ends;       /* u64: the end of each */
    u64 *slots;     /* the upper half of the hash, and the number plus one; 0 where a slot is free */
    size_t mask;    /* so many slots there are, less one: a power of two */
    u64 seed;
} Names;

#define NOT_FOUND ((size_t)-1)

u64 name_hash(const Names *names, const char *text, size_t size);

/* The number of a string with this hash; NOT_FOUND. */
size_t name_find(const Names *names, const char *text, size_t size, u64 hash);

/* Give a string that is not there yet a number; NOT_FOUND (and MemoryError) where there is no room. */
size_t name_add(Names *names, const char *text, size_t size, u64 hash);

size_t name_count(const Names *names);

const char *name_at(const Names *names, size_t number, size_t *size);

void names_free(Names *names);

#endif
