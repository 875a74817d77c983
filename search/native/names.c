/* Adding to a hash table of strings. */

#include "names.h"

int string_add(Strings *strings, const char *text, size_t size)
{
    u64 end;
    if (!row_room(&strings->ends, sizeof end) || row_add(&strings->bytes, text, size))
        return -1;
    end = strings->bytes.used;
    return row_add(&strings->ends, &end, sizeof end);
}

void strings_free(Strings *strings)
{
    row_free(&strings->bytes);
    row_free(&strings->ends);
}

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
    Slot *found = malloc(slots * sizeof *found);
    if (!found)
        return -1;
    clear(found, slots * sizeof *found);
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
    if (number >= INT32_MAX || wanted->size > UINT32_MAX)
        return NOT_FOUND;
    if ((!names->slots || 2 * (number + 1) > names->mask) && grow(names))
        return NOT_FOUND;
    if (string_add(&names->strings, wanted->text, wanted->size))
        return NOT_FOUND;
    place(names, number, wanted);
    return number;
}

int names_fill(Names *names, PyObject *list, u64 seed)
{
    names->seed = seed;
    for (Py_ssize_t nth = 0; nth < PyList_Size(list); nth++) {
        PyObject *owner;
        Py_ssize_t size;
        const char *text = utf8_of(PyList_GetItem(list, nth), &size, &owner);
        int failed = !text;
        if (text) {
            const Wanted wanted = name_wanted(names, text, (size_t)size);
            failed = name_add(names, &wanted) == NOT_FOUND;
        }
        Py_XDECREF(owner);
        if (failed) {
            failed_for_memory();
            return -1;
        }
    }
    return 0;
}

void names_free(Names *names)
{
    strings_free(&names->strings);
    free(names->slots);
    names->slots = NULL;
}
