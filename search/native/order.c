/* The order of forms: folded, then as printed. The bytes of UTF-8 are in the order of the characters. */

#include "forms.h"

/* The first eight bytes, so that the order of such numbers is that of the strings, unless they are equal. */
static u64 key_of(const char *text, size_t size)
{
    u64 key = 0;
    for (size_t at = 0; at < sizeof key; at++)
        key = key << 8 | (at < size ? (u8)text[at] : 0);
    return key;
}

static int compare_strings(const Strings *strings, size_t one, size_t two)
{
    size_t sizes[2];
    const char *texts[2] = {string_at(strings, one, &sizes[0]), string_at(strings, two, &sizes[1])};
    const int found = memcmp(texts[0], texts[1], sizes[0] < sizes[1] ? sizes[0] : sizes[1]);
    return found ? found : (sizes[0] > sizes[1]) - (sizes[0] < sizes[1]);
}

/* Whether one form comes before another. */
static int is_before(const Forms *self, const Place *one, const Place *two)
{
    int found;
    if (one->key != two->key)
        return one->key < two->key;
    found = compare_strings(&self->folded, one->number, two->number);
    return (found ? found : compare_strings(&self->words->forms.strings, one->number, two->number)) < 0;
}

/* Merge two rows, one after the other, into another. */
static void merge(const Forms *self, const Place *from, size_t middle, size_t count, Place *to)
{
    size_t one = 0, two = middle;
    while (one < middle && two < count)
        *to++ = is_before(self, &from[two], &from[one]) ? from[two++] : from[one++];
    memcpy(to, &from[one], (middle - one) * sizeof *to);
    memcpy(to + (middle - one), &from[two], (count - two) * sizeof *to);
}

static void sort_few(const Forms *self, Place *places, size_t count)
{
    for (size_t nth = 1; nth < count; nth++) {
        const Place moved = places[nth];
        size_t at = nth;
        for (; at && is_before(self, &moved, &places[at - 1]); at--)
            places[at] = places[at - 1];
        places[at] = moved;
    }
}

/* Sort by merging; `spare` has as much room. */
static void sort(const Forms *self, Place *places, Place *spare, size_t count)
{
    enum { FEW = 12 };
    const size_t middle = count / 2;
    if (count <= FEW) {
        sort_few(self, places, count);
        return;
    }
    sort(self, places, spare, middle);
    sort(self, places + middle, spare + middle, count - middle);
    merge(self, places, middle, count, spare);
    memcpy(places, spare, count * sizeof *places);
}

/* Put the forms that are not in the order yet where they belong; `spare` has room for twice as many as they are. */
static void put_in_order(Forms *self, size_t before, size_t count, Place *spare)
{
    Place *order = (Place *)self->order.data;
    size_t old = before, new = count - before, at = count;
    for (size_t nth = 0; nth < new; nth++) {
        size_t size;
        const char *text = string_at(&self->folded, before + nth, &size);
        spare[nth] = (Place){key_of(text, size), (u32)(before + nth)};
    }
    sort(self, spare, spare + new, new);
    while (new) /* from the end on, so that nothing is written over that is still needed */
        order[--at] = old && is_before(self, &spare[new - 1], &order[old - 1]) ? order[--old] : spare[--new];
}

PyObject *forms_in_order(PyObject *object, PyObject *none)
{
    Forms *self = (Forms *)object;
    const size_t count = string_count(&self->folded), before = self->order.used / sizeof(Place);
    Place *spare;
    PyObject *found;
    (void)none;
    if (forms_busy(self))
        return NULL;
    spare = malloc((2 * (count - before) + 1) * sizeof *spare);
    found = bytes_for(count, sizeof(i64));
    if (!spare || !found || !row_room(&self->order, (count - before) * sizeof *spare)) {
        free(spare);
        Py_XDECREF(found);
        return failed_for_memory();
    }
    self->words->busy = 1;
    Py_BEGIN_ALLOW_THREADS
    put_in_order(self, before, count, spare);
    self->order.used = count * sizeof *spare;
    for (size_t nth = 0; nth < count; nth++)
        ((i64 *)PyBytes_AsString(found))[nth] = ((const Place *)self->order.data)[nth].number;
    Py_END_ALLOW_THREADS
    self->words->busy = 0;
    free(spare);
    return found;
}
