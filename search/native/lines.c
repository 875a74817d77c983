/* The lines of texts in UTF-8. */

#include "native.h"

/* Whether a character is white space, as `str.isspace` has it. */
static int is_white(u32 point)
{
    return point == ' ' || (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x1F) || point == 0x85 ||
           point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
           point == 0x202F || point == 0x205F || point == 0x3000;
}

/* The character at `at`, if it is one of up to three bytes; 0 otherwise. `size` is that of the character. */
static u32 point_at(const u8 *at, size_t left, size_t *size)
{
    *size = 1;
    if (*at < 0x80)
        return *at;
    if (*at >= 0xC0 && *at < 0xE0 && left >= 2) {
        *size = 2;
        return (u32)(at[0] & 31) << 6 | (at[1] & 63);
    }
    if (*at >= 0xE0 && *at < 0xF0 && left >= 3) {
        *size = 3;
        return (u32)(at[0] & 15) << 12 | (u32)(at[1] & 63) << 6 | (at[2] & 63);
    }
    return 0;
}

static void strip(const u8 **start, const u8 **end)
{
    size_t size;
    while (*start < *end && is_white(point_at(*start, (size_t)(*end - *start), &size)))
        *start += size;
    while (*start < *end) {
        const u8 *last = *end - 1;
        while (last > *start && (*last & 0xC0) == 0x80)
            last--;
        if (!is_white(point_at(last, (size_t)(*end - last), &size)))
            break;
        *end = last;
    }
}

static int is_wider(const u8 *start, const u8 *end, size_t widest)
{
    size_t characters = 0;
    for (; start < end && characters <= widest; start++)
        characters += (*start & 0xC0) != 0x80;
    return characters > widest;
}

PyObject *wide_lines(PyObject *module, PyObject *args)
{
    const char *data;
    Py_ssize_t size, widest;
    PyObject *found = NULL;
    Row row = {0};
    int is_wide = 0;
    (void)module;
    if (!PyArg_ParseTuple(args, "y#n", &data, &size, &widest))
        return NULL;
    if (!row_room(&row, (size_t)size + 1))
        return PyErr_NoMemory();
    for (const u8 *at = (const u8 *)data, *end = at + size; at < end;) {
        const u8 *stop = memchr(at, '\n', (size_t)(end - at)), *first = at, *last = stop ? stop : end;
        strip(&first, &last);
        if (first < last) {
            is_wide = is_wide || is_wider(first, last, widest < 0 ? 0 : (size_t)widest);
            if (row.used)
                row_add(&row, "\n", 1);
            row_add(&row, first, (size_t)(last - first));
        }
        at = stop ? stop + 1 : end;
    }
    found = is_wide ? PyBytes_FromStringAndSize(row.data, (Py_ssize_t)row.used) : Py_NewRef(Py_None);
    row_free(&row);
    return found;
}

PyObject *pack_lines(PyObject *module, PyObject *args)
{
    const char *texts[2], *data;
    Py_ssize_t sizes[2], size;
    PyObject *strings[2], *owners[2] = {NULL, NULL}, *found = NULL;
    Row head = {0};
    u32 count = 2, number;
    (void)module;
    if (!PyArg_ParseTuple(args, "UUy#", &strings[0], &strings[1], &data, &size))
        return NULL;
    for (int nth = 0; nth < 2; nth++) {
        texts[nth] = utf8_of(strings[nth], &sizes[nth], &owners[nth]);
        if (!texts[nth])
            goto end;
    }
    if (row_add(&head, &count, 4))
        goto end;
    for (int nth = 0; nth < 2; nth++) {
        number = (u32)sizes[nth];
        if (row_add(&head, &number, 4))
            goto end;
    }
    for (const char *at = data, *end = data + size; at < end; count++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        number = (u32)((stop ? stop : end) - at);
        if (row_add(&head, &number, 4))
            goto end;
        at = stop ? stop + 1 : end;
    }
    memcpy(head.data, &count, 4);
    for (int nth = 0; nth < 2; nth++)
        if (row_add(&head, texts[nth], (size_t)sizes[nth]))
            goto end;
    for (const char *at = data, *end = data + size; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (row_add(&head, at, (size_t)((stop ? stop : end) - at)))
            goto end;
        at = stop ? stop + 1 : end;
    }
    found = PyBytes_FromStringAndSize(head.data, (Py_ssize_t)head.used);
end:
    Py_XDECREF(owners[0]);
    Py_XDECREF(owners[1]);
    row_free(&head);
    return found ? found : failed_for_memory();
}
