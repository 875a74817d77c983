/* Adding to a hash table of strings. */

#include "names.h"

static void place(Names *names, size_t number, const Wanted *wanted)
{
    size_t at = (size_t)wanted->hash & names->mask;
    while (names->slots[at].number)
        at = (at + 1) & names->mask;
    names->slots[at] = (Slot){wanted->key, (u32)wanted->size, (u32)number + 1};
}

static int grow(Names *names)
{
    const size_t slots = names->slots ? 2 * (names->mask + 1) : 1024;
    Slot *found = calloc(slots, sizeof *found);
    if (!found)
        return -1;
    free(names->slots);
    names->slots = found;
    names->mask = slots - 1;
    for (size_t number = 0; number < name_count(names); number++) {
        size_t size;
        const char *text = name_at(names, number, &size);
        const Wanted wanted = name_wanted(names, text, size);
        place(names, number, &wanted);
    }
    return 0;
}

size_t name_add(Names *names, const Wanted *wanted)
{
    const size_t number = name_count(names);
    u64 end;
    if (number >= INT32_MAX || wanted->size > UINT32_MAX)
        return NOT_FOUND;
    if ((!names->slots || 2 * (number + 1) > names->mask) && grow(names))
        return NOT_FOUND;
    if (!row_room(&names->ends, sizeof end) || row_add(&names->bytes, wanted->text, wanted->size))
        return NOT_FOUND;
    end = names->bytes.used;
    row_add(&names->ends, &end, sizeof end);
    place(names, number, wanted);
    return number;
}

void names_free(Names *names)
{
    row_free(&names->bytes);
    row_free(&names->ends);
    free(names->slots);
    names->slots = NULL;
}
