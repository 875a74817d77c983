/* Open addressing with linear probing (Knuth, The Art of Computer Programming, vol. 3, § 6.4). Hashes begin with a seed,
   so that nobody can write texts whose words all fall into one place. */

#include "names.h"

static u64 mixed(u64 value)
{
    value ^= value >> 32;
    value *= 0x9E3779B97F4A7C15u;
    value ^= value >> 29;
    value *= 0xC2B2AE3D27D4EB4Fu;
    return value ^ value >> 32;
}

u64 name_hash(const Names *names, const char *text, size_t size)
{
    u64 hash = names->seed ^ size * 0x165667B19E3779F9u, part;
    for (; size > 8; text += 8, size -= 8) {
        memcpy(&part, text, 8);
        hash = mixed(hash ^ part);
    }
    part = 0;
    memcpy(&part, text, size);
    return mixed(hash ^ part);
}

size_t name_count(const Names *names)
{
    return names->ends.used / sizeof(u64);
}

const char *name_at(const Names *names, size_t number, size_t *size)
{
    const u64 *ends = (const u64 *)names->ends.data;
    const u64 start = number ? ends[number - 1] : 0;
    *size = (size_t)(ends[number] - start);
    return names->bytes.data + start;
}

size_t name_find(const Names *names, const char *text, size_t size, u64 hash)
{
    if (!names->slots)
        return NOT_FOUND;
    for (size_t slot = (size_t)hash & names->mask; names->slots[slot]; slot = (slot + 1) & names->mask) {
        if (names->slots[slot] >> 32 == hash >> 32) {
            const size_t number = (size_t)(u32)names->slots[slot] - 1;
            size_t other;
            const char *found = name_at(names, number, &other);
            if (other == size && !memcmp(found, text, size))
                return number;
        }
    }
    return NOT_FOUND;
}

static void place(Names *names, size_t number, u64 hash)
{
    size_t slot = (size_t)hash & names->mask;
    while (names->slots[slot])
        slot = (slot + 1) & names->mask;
    names->slots[slot] = hash >> 32 << 32 | (number + 1);
}

static int grow(Names *names)
{
    const size_t slots = names->slots ? 2 * (names->mask + 1) : 1024;
    u64 *found = calloc(slots, sizeof *found);
    if (!found) {
        PyErr_NoMemory();
        return -1;
    }
    free(names->slots);
    names->slots = found;
    names->mask = slots - 1;
    for (size_t number = 0; number < name_count(names); number++) {
        size_t size;
        const char *text = name_at(names, number, &size);
        place(names, number, name_hash(names, text, size));
    }
    return 0;
}

size_t name_add(Names *names, const char *text, size_t size, u64 hash)
{
    const size_t number = name_count(names);
    u64 end;
    if (number >= UINT32_MAX - 1) {
        PyErr_SetString(PyExc_OverflowError, "too many words for one vocabulary");
        return NOT_FOUND;
    }
    if ((!names->slots || 2 * (number + 1) > names->mask) && grow(names))
        return NOT_FOUND;
    if (!row_room(&names->ends, sizeof end) || row_add(&names->bytes, text, size))
        return NOT_FOUND;
    end = names->bytes.used;
    row_add(&names->ends, &end, sizeof end);
    place(names, number, hash);
    return number;
}

void names_free(Names *names)
{
    row_free(&names->bytes);
    row_free(&names->ends);
    free(names->slots);
    names->slots = NULL;
}
